using System.Globalization;

namespace NoiseGen.Package.Tests;

/// <summary>
/// Programs that are compiled to native code, or trimmed and run by the JIT. Warnings of the AOT and trimming analyses are errors here.
/// </summary>
public sealed class NativeTests(PackedPackage package) : IClassFixture<PackedPackage>
{
    private static readonly string s_sample = Path.Combine(Repository.Root, "samples", "Embedded");

    // Both train, and their output agrees only if the weights of all steps agree.
    [LinkerFact]
    public void TheSampleTrainsAsNativeCode()
    {
        string folder = Publish("native");
        Assert.False(File.Exists(Path.Combine(folder, "embedded.dll")));

        string native = RunPublished(folder),
            managed = Programs.Dotnet(s_sample, "run", "--configuration", "Release").AssertSucceeded().Output;

        Assert.Equal(managed, native);
        AssertHardened(native);
    }

    // Runs on every machine: trimming for the JIT needs no linker.
    [Fact]
    public void TheSampleTrainsTrimmed()
    {
        string folder = Publish("trimmed", "-p:PublishManaged=true");
        Assert.False(File.Exists(Path.Combine(folder, "System.Xml.Linq.dll")));

        AssertHardened(RunPublished(folder));
    }

    [X64Fact]
    public void WarnsOfSlowNativeCode()
    {
        BareProject project = new BareProject(package, "slow", properties: "<PublishAot>true</PublishAot>").With("Console.WriteLine();");

        Assert.Contains("NG1003: NoiseGen's code is being compiled for x64 processors without AVX2", project.Publish().Output);
    }

    private string Publish(string name, params string[] properties)
    {
        string folder = Path.Combine(package.Folder, name);
        Programs.Dotnet(s_sample, ["publish", "--configuration", "Release", "--output", folder, .. properties]).AssertSucceeded();
        return folder;
    }

    private static string RunPublished(string folder) => Programs.Run(Path.Combine(folder, "embedded"), folder).AssertSucceeded().Output;

    /// <summary>
    /// The sample prints accuracies, trained clean and trained noisy: the first without noise, the fourth at σ = 0.4.
    /// Its noise grows with the values, so a network cannot escape it by larger values: training gains a few per cent.
    /// </summary>
    private static void AssertHardened(string output)
    {
        double[][] rows = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Accuracies)];

        Assert.Equal(6, rows.Length);
        Assert.True(rows[0][0] > 90, output);
        Assert.True(rows[3][1] > rows[3][0] + 3, output);
    }

    private static double[] Accuracies(string row) =>
        [.. row.Split((char[])[' ', '%'], StringSplitOptions.RemoveEmptyEntries)[1..]
            .Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
}
