using Harden;
using Harden.Experiments;
using Harden.Report;
using NoiseGen.Sweeps;
using Spectre.Console;

namespace NoiseGen.Tests;

/// <summary>Every experiment runs on every network of the catalogue: two steps of training on random images, and the whole sweep.</summary>
public sealed class EveryNetworkTests : IDisposable
{
    private const int Train = 8, Test = 4, Large = 1_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("noisegen").FullName;

    public static TheoryData<string> Networks => [.. Catalogue.All.Select(entry => entry.Name)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_experiment_runs(string name)
    {
        CatalogueEntry entry = Catalogue.All.Single(one => one.Name == name);
        Settings settings = SyntheticJob.Settings with
        {
            Network = entry.Network, Data = entry.Data.First(), Epochs = 1, Batch = Train / 2, Repeats = 1, LearningRate = 1e-3f,
            Threads = 2, Output = _folder,
        };

        Assert.Equal(["clean", "quantized"], Variants(settings, new(ExperimentChoice.QatScales, [], [4], [Rounding.Learned], Seeds: 1)));
        Assert.Equal(
            ["clean", "noisy", "variance-aware"], Variants(settings, new(ExperimentChoice.VarianceAware, [0.5f], [], [], Seeds: 1)));
        NetworkDescription network = entry.For(settings.Data).Description;
        if (network.ParameterCount > Large) return; // the others do the same with more sites
        Assert.Equal(["clean", "noisy"], Variants(settings, new(ExperimentChoice.NoisyTraining, [0.5f], [], [], Seeds: 1)));
        Assert.Equal(network.NoiseSites.Length, Variants(settings, new(ExperimentChoice.WalkingNoise, [], [], [], Seeds: 1)).Length);
    }

    // The column of the results.
    private string[] Variants(Settings settings, ExperimentSettings grid)
    {
        using var interruption = new Interruption();
        int code = new ExperimentCommand(
            settings, grid, new SweepRequest { Output = _folder }, ReportFolder.Open(_folder), new(() => Images(settings.Data)),
            AnsiConsole.Console, () => Provenance.Of([], TimeSpan.Zero)).Run(interruption);
        Assert.Equal(ExitCode.Success, code);
        string[] rows = File.ReadAllLines(Path.Combine(_folder, $"{CommandLine.Name(grid.Choice)}.csv"));
        int column = rows[0].Split(',').IndexOf("variant");
        return [.. rows.Skip(1).Select(row => row.Split(',')[column])];
    }

    private static DataSplit Images(DataChoice data)
    {
        var random = new Random(5);
        return new(Draw(Train), Draw(Test));

        ImageDataset Draw(int count)
        {
            Shape shape = DataSets.ShapeOf(data);
            byte[] pixels = new byte[count * shape.Count], labels = new byte[count];
            random.NextBytes(pixels);
            for (int i = 0; i < count; i++) labels[i] = (byte)(i % DataSets.ClassesOf(data));
            return new("random", shape, DataSets.ClassesOf(data), pixels, labels);
        }
    }
}
