using System.Collections.Immutable;
using System.Text;
using NoiseGen.Storage;

namespace Harden.Experiments;

/// <summary>A line of a CSV file.</summary>
/// <param name="Number">From 1; line 1 is the header.</param>
/// <param name="Text">The whole line.</param>
internal readonly record struct CsvLine(int Number, string Text);

/// <summary>The lines of a CSV file after its header.</summary>
/// <param name="Lines">The complete lines.</param>
/// <param name="CutOff">The last line if it is truncated, because its writer was stopped.</param>
internal sealed record CsvLines(ImmutableArray<CsvLine> Lines, CsvLine? CutOff)
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; if it does not exist, there are no lines.</param>
    /// <param name="header">The required first line.</param>
    /// <exception cref="ResultsFileException">It is not text, or has a different header.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CsvLines Read(string path, string header)
    {
        if (FileKind.Irregular(path) is { } kind)
            throw new ResultsFileException(path, $": found {kind}, where a regular file or nothing is allowed.");
        if (!File.Exists(path)) return new([], null);
        string[] lines = [.. Text(path).Split('\n').Select(line => line.EndsWith('\r') ? line[..^1] : line)];
        if (lines is [var half] && header.StartsWith(half, StringComparison.Ordinal))
            return new([], half.Length > 0 ? new CsvLine(1, half) : null);
        if (lines.Length < 2 || lines[0] != header) throw WrongHeader(path, lines[0], header);
        return new(
            [.. lines[1..^1].Select((line, i) => new CsvLine(i + 2, line))],
            lines[^1].Length > 0 ? new CsvLine(lines.Length, lines[^1]) : null);
    }

    private static string Text(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        try
        {
            bool hasMark = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble);
            return s_strict.GetString(bytes.AsSpan(hasMark ? Encoding.UTF8.Preamble.Length : 0));
        }
        catch (DecoderFallbackException)
        {
            int line = 1 + bytes.AsSpan(0, ValidBytes(bytes)).Count((byte)'\n');
            throw ResultsFileException.AtLine(path, line, "found bytes that are not UTF-8; allowed is text in UTF-8.");
        }
    }

    // The number of leading bytes that are text.
    private static int ValidBytes(ReadOnlySpan<byte> bytes)
    {
        int valid = 0;
        while (Rune.DecodeFromUtf8(bytes[valid..], out _, out int length) == System.Buffers.OperationStatus.Done) valid += length;
        return valid;
    }

    private static ResultsFileException WrongHeader(string path, string found, string header)
    {
        string[] has = found.Split(','), needs = header.Split(',');
        string[] missing = [.. needs.Except(has)], unknown = [.. has.Except(needs)];
        if (missing.Length == needs.Length)
        {
            return new(
                path, $" is not a results file of an experiment: its first line is '{Short(found)}', and '{header}' is expected."
                + " Choose another folder with --out.");
        }

        string what = missing.Length > 0 ? $"without {string.Join(", ", missing)}"
            : unknown.Length > 0 ? $"with {string.Join(", ", unknown)}, which no results file has"
            : "in a different order, or with a duplicate";
        return ResultsFileException.AtLine(path, 1, $"found columns {what}; allowed is '{header}'.");
    }

    /// <summary>A text shortened for a message.</summary>
    public static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
