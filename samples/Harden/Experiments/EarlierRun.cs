using System.Collections.Immutable;
using System.Globalization;
using Harden.Report;
using NoiseGen;
using NoiseGen.Storage;

namespace Harden.Experiments;

/// <summary>The curves of a run that has ended: its results.csv, or the evaluation.csv of networks from files.</summary>
internal static class EarlierRun
{
    private static readonly string[] s_files = ["results.csv", "evaluation.csv"];
    private static readonly string[] s_columns = ["data", "variant", "sigma", "accuracy_mean", "accuracy_standard_deviation", "repeats"];

    /// <summary>Reads the curves, each the mean over its seeds.</summary>
    /// <param name="path">The run's folder, or a file of results.</param>
    /// <exception cref="ResultsFileException">There are no such results, or they have a line that cannot be.</exception>
    public static ImmutableArray<RobustnessCurve> Read(string path)
    {
        string file = Directory.Exists(path)
            ? s_files.Select(name => Path.Combine(path, name)).FirstOrDefault(File.Exists)
                ?? throw new ResultsFileException(path, $": found neither {string.Join(" nor ", s_files)}, which a finished run has.")
            : path;
        if (FileKind.Irregular(file) is { } kind)
            throw new ResultsFileException(file, $": found {kind}, where a file of results is expected.");
        if (!File.Exists(file)) throw new ResultsFileException(file, ": found no such file or folder.");
        string[] lines = File.ReadAllLines(file);
        string[] header = lines is [var first, ..] ? first.Split(',') : [];
        if (s_columns.Except(header).ToArray() is { Length: > 0 } missing)
            throw ResultsFileException.AtLine(file, 1, $"found no columns {string.Join(", ", missing)}, which results have.");
        var rows = lines.Skip(1).Select((line, i) => Row(file, i + 2, line, header)).ToArray();
        string run = Path.GetFileName(
            Path.TrimEndingDirectorySeparator(
                Path.GetFullPath(Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!)));
        return [.. rows.GroupBy(row => (row.Data, row.Variant))
            .Select(curve => Curve($"{run}: {curve.Key.Variant}", curve.Key.Data, [.. curve]))];
    }

    private static RobustnessCurve Curve(string name, DataChoice data, Level[] levels)
    {
        int seeds = levels.Select(level => level.Seed).Distinct().Count();
        return new RobustnessCurve(
            name, DataSets.ClassesOf(data), levels.Where(level => level.Sigma == 0f).Average(level => level.Mean), seeds > 1
                ? seeds
                : levels[^1].Repeats,
            [.. levels.Where(level => level.Sigma > 0f).GroupBy(level => level.Sigma).Select(Point)]);
    }

    private static RobustnessPoint Point(IGrouping<float, Level> level) => level.Count() > 1
        ? RobustnessPoint.Of(level.Key, [.. level.Select(one => one.Mean)])
        : new RobustnessPoint(level.Key, level.Single().Mean, level.Single().Deviation);

    private static Level Row(string file, int number, string line, string[] header)
    {
        string[] fields = line.Split(',', header.Length); // the last one may be a text with commas
        string Of(string column) => Array.IndexOf(header, column) is var place and >= 0 && place < fields.Length ? fields[place] : "";
        bool isWhole = float.TryParse(
            Of("sigma"), NumberStyles.Float, CultureInfo.InvariantCulture, out float sigma) & sigma is >= 0f and < float.PositiveInfinity
            & double.TryParse(
                Of("accuracy_mean"), NumberStyles.Float, CultureInfo.InvariantCulture, out double mean) & mean is >= 0 and <= 1
            & int.TryParse(Of("repeats"), NumberStyles.None, CultureInfo.InvariantCulture, out int repeats) & repeats > 0;
        DataChoice? data = Enum.GetValues<DataChoice>().Cast<DataChoice?>()
            .FirstOrDefault(choice => CommandLine.Name(choice!.Value) == Of("data"));
        if (!isWhole || data is null || Of("variant").Length == 0)
            throw ResultsFileException.AtLine(file, number, $"found '{CsvLines.Short(line)}', which is no level of a curve.");
        double.TryParse(Of("accuracy_standard_deviation"), NumberStyles.Float, CultureInfo.InvariantCulture, out double deviation);
        return new Level(data.Value, Of("variant"), Of("seed"), sigma, mean, deviation, repeats);
    }

    private readonly record struct Level(
        DataChoice Data, string Variant, string Seed, float Sigma, double Mean, double Deviation, int Repeats);
}
