using System.Globalization;

namespace NoiseGen.Sweeps.Cells;

/// <summary>Why and where a cell failed.</summary>
/// <param name="Reason">One line.</param>
/// <param name="Where">The machine, and the job or the process.</param>
/// <param name="When">UTC.</param>
internal sealed record CellFailure(string Reason, string Where, string When)
{
    /// <summary>The text of a file for a failure of this process at this time, with the whole exception for people to read.</summary>
    public static string Write(string reason, Exception? cause) => FieldLines.Write(
        ("reason", reason), ("where", LockHolder.New().Where), ("when", DateTime.UtcNow.ToString("s", CultureInfo.InvariantCulture) + "Z"))
        + (cause is null ? "" : $"\n{cause}\n");

    /// <summary>Parses a file's text. Any text is accepted: the file's existence is what counts.</summary>
    public static CellFailure Parse(string text)
    {
        Dictionary<string, string> values = FieldLines.Parse(text);
        return new(
            values.GetValueOrDefault("reason", "its file does not give a reason"),
            values.GetValueOrDefault("where", "?"), values.GetValueOrDefault("when", "?"));
    }
}
