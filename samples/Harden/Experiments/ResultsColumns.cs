using System.Collections.Immutable;
using System.Globalization;
using Harden.Report;

namespace Harden.Experiments;

/// <summary>A column of a results file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Allowed">The allowed values, in words.</param>
/// <param name="Read">The value as this program writes it; null where it is not allowed.</param>
internal sealed record Column(string Name, string Allowed, Func<string, string?> Read);

/// <summary>The columns of results files, and their allowed values.</summary>
internal static class ResultsColumns
{
    private const string Fraction = "a number from 0 to 1";

    /// <summary>The columns that identify a cell: what its results depend on, and its place in the grid.</summary>
    public static ImmutableArray<Column> Key { get; } =
    [
        Choice("experiment", Enum.GetValues<ExperimentChoice>().Select(CommandLine.Name)),
        Choice("network", Enum.GetValues<NetworkChoice>().Select(CommandLine.Name)),
        Choice("data", Enum.GetValues<DataChoice>().Select(CommandLine.Name)),
        Whole("epochs", 1, int.MaxValue),
        Whole("batch", 1, int.MaxValue),
        Single("learning_rate", "a number above 0", value => value is > 0f and < float.PositiveInfinity),
        Choice("schedule", [Training.Schedule, "cosine by step"]), // the second is that of earlier versions
        Whole("repeats", 1, int.MaxValue),
        Choice("variant", [Cell.Clean, Cell.Noisy, Cell.Quantized, Cell.Aware]),
        Single("training_sigma", "a number, at least 0", value => value is >= 0f and < float.PositiveInfinity),
        Choice("bits", ["0", "4", "8", "16"]),
        Scale(),
        Whole("seed", 0, ulong.MaxValue),
    ];

    /// <summary>A measured curve.</summary>
    public static ImmutableArray<Column> Curve { get; } =
    [
        new("site", "the name of a noise site", text => text.Length > 0 && text.Trim() == text ? text : null),
        Double("noise_free", Fraction, value => value is >= 0 and <= 1),
        OrNothing(Double("at_training_sigma", Fraction, value => value is >= 0 and <= 1)),
        OrNothing(Double("under_spread", Fraction, value => value is >= 0 and <= 1)),
        OrNothing(Double("midpoint", "a number above 0", value => value > 0 && double.IsFinite(value))),
        OrNothing(Double("midpoint_standard_error", "a number, at least 0", value => value >= 0 && double.IsFinite(value))),
        OrNothing(new("no_midpoint", "a text in quotation marks", text => CsvText.Unquoted(text) is { Length: > 0 } ? text : null)),
    ];

    /// <summary>The names of columns, as in a file's first line.</summary>
    public static string Header(IEnumerable<Column> columns) => string.Join(',', columns.Select(column => column.Name));

    /// <summary>The fields of a line, as this program writes them.</summary>
    /// <exception cref="ResultsFileException">There are too few or too many, or one is not allowed in its column.</exception>
    public static string[] Read(string path, CsvLine line, ImmutableArray<Column> columns)
    {
        string[] fields = line.Text.Split(',', columns.Length); // the last may be a text with commas
        if (fields.Length != columns.Length)
        {
            (int found, int allowed) = (fields.Length, columns.Length);
            throw Wrong(path, line, FormattableString.Invariant($"found {found} fields; allowed are {allowed}, one per column."));
        }

        return [.. columns.Zip(fields, (column, field) => column.Read(field)
            ?? throw Wrong(path, line, $"found '{CsvLines.Short(field)}' as {column.Name}; allowed is {column.Allowed}."))];
    }

    /// <summary>An error in a line, with advice.</summary>
    public static ResultsFileException Wrong(string path, CsvLine line, string problem) =>
        ResultsFileException.AtLine(path, line.Number, $"{problem} Correct the line, or remove it: then its cell is computed again.");

    /// <summary>Checks the fields of the key columns against each other.</summary>
    /// <exception cref="ResultsFileException">They belong to a different experiment, or no cell has this combination.</exception>
    public static void CheckCell(string path, CsvLine line, ReadOnlySpan<string> key, string experiment)
    {
        if (key[0] != experiment) throw Wrong(path, line, $"found the experiment '{key[0]}'; allowed in this file is {experiment}.");
        if (WrongCell(key) is { } wrong) throw Wrong(path, line, wrong);
    }

    private static string? WrongCell(ReadOnlySpan<string> key)
    {
        const int Variant = 8, Sigma = 9, Bits = 10, Scale = 11;
        (bool needsSigma, bool needsBits) = (key[Variant] is Cell.Noisy or Cell.Aware, key[Variant] == Cell.Quantized);
        bool isRight = needsSigma == (key[Sigma] != "0") && needsBits == (key[Bits] != "0") && needsBits == (key[Scale] != "0");
        if (isRight) return null;
        string allowed = needsSigma ? "only a training_sigma above 0"
            : needsBits ? "training_sigma 0, with bits and a scale"
            : "0 for all of them";
        return $"found '{key[Variant]}' with training_sigma {key[Sigma]}, bits {key[Bits]} and scale {key[Scale]}; allowed is {allowed}.";
    }

    private static Column Choice(string name, IEnumerable<string> choices)
    {
        string[] all = [.. choices];
        return new(name, $"one of {string.Join(", ", all)}", text => all.Contains(text) ? text : null);
    }

    private static Column Whole(string name, ulong least, ulong most) => new(
        name, FormattableString.Invariant($"a whole number from {least} to {most}"),
        text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) && value >= least && value <= most
            ? value.ToString(CultureInfo.InvariantCulture)
            : null);

    private static Column Single(string name, string allowed, Predicate<float> isAllowed) => new(
        name, allowed,
        text => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && isAllowed(value)
            ? Numbers.Exact(value)
            : null);

    private static Column Double(string name, string allowed, Predicate<double> isAllowed) => new(
        name, allowed,
        text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && isAllowed(value)
            ? Numbers.Exact(value)
            : null);

    private static Column Scale()
    {
        Column number = Single(
            "scale", $"'{CommandLine.LearnedScale}', or a number, at least 0", value => value is >= 0f and < float.PositiveInfinity);
        return number with { Read = text => text == CommandLine.LearnedScale ? text : number.Read(text) };
    }

    private static Column OrNothing(Column column) => column with
    {
        Allowed = $"{column.Allowed}, or nothing",
        Read = text => text.Length == 0 ? text : column.Read(text),
    };
}
