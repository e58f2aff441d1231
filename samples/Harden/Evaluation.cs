using System.Collections.Immutable;
using NoiseGen;

namespace Harden;

/// <summary>A network from a file, measured.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Curve">Accuracy on the test images over the strength of the noise.</param>
internal sealed record MeasuredFile(string Name, RobustnessCurve Curve)
{
    /// <summary>A curve for each noise site alone, in execution order; empty where they were not measured.</summary>
    public ImmutableArray<RobustnessCurve> Sites { get; init; } = [];
}

/// <summary>Measures networks whose weights are in files, and trains nothing.</summary>
internal sealed class Evaluation(Settings settings, ImmutableArray<string> files, TextWriter output, CancellationToken cancellation)
{
    /// <summary>Measures all files.</summary>
    /// <exception cref="CheckpointException">A file is not this network's.</exception>
    public ImmutableArray<MeasuredFile> Run(DataSplit data)
    {
        string[] names = NamesOf(files);
        return [.. files.Zip(names, (file, name) => Measure(file, name, data.Test))];
    }

    private MeasuredFile Measure(string file, string name, ImageDataset images)
    {
        using NeuralNetwork network = Catalogue.Of(settings.Network).Create(settings, settings.Seed, Rounding.None);
        network.Load(file);
        output.WriteLine($"{name}: measuring");
        output.Flush();
        var test = new BatchLoader(images, settings.Batch);
        RobustnessCurve curve = Robustness.Sweep(
            network, test, SigmaGrid.Default, settings.Repeats, null, cancellation) with { Name = name };
        return new MeasuredFile(name, curve)
        {
            Sites = settings.Sites
                ? [.. Robustness.WalkingNoise(network, test, SigmaGrid.Default, settings.Repeats, null, cancellation)]
                : [],
        };
    }

    // Files of one name in several folders are told apart by these.
    private static string[] NamesOf(ImmutableArray<string> files)
    {
        string[] names = [.. files.Select(file => Path.GetFileNameWithoutExtension(file))];
        return names.Distinct().Count() == names.Length ? names : [.. files.Select(file => Path.ChangeExtension(file, null))];
    }
}
