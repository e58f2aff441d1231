using System.Diagnostics;

namespace NoiseGen.Runtime.Tests;

/// <summary>
/// This assembly as a separate process: with different runtime settings, and where nothing else starts threads or takes memory.
/// </summary>
internal static class Child
{
    public const string Bits = "bits", Lifetimes = "lifetimes";

    /// <summary>Runs a job and returns its output.</summary>
    public static string Run(IReadOnlyDictionary<string, string> environment, params string[] job)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(dotnet, ["exec", typeof(Child).Assembly.Location, .. job])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        using Process child = Process.Start(start)!;
        Task<string> errors = child.StandardError.ReadToEndAsync();
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        Assert.True(child.ExitCode == 0, $"The child process failed: {errors.Result}");
        return output.Trim();
    }

    /// <summary>What the child does.</summary>
    public static void Work(string[] job) => Console.WriteLine(job switch
    {
        [Bits] => Digest.OfEverything(),
        [Lifetimes, var end, var count] => Lifetime.Lifetimes.Live(end, int.Parse(count)),
        _ => throw new ArgumentException($"Unknown job '{string.Join(' ', job)}'."),
    });
}
