using System.Globalization;

namespace NoiseGen.Sweeps.Cells;

/// <summary>Why a cell failed, and where.</summary>
/// <param name="Reason">A line.</param>
/// <param name="Where">The machine, and the job or the process.</param>
/// <param name="When">UTC.</param>
internal sealed record CellFailure(string Reason, string Where, string When)
{
    /// <summary>A failure of this process, now, as a file: for people with the whole exception below.</summary>
    public static string Write(string reason, Exception? cause) => FieldLines.Write(
        ("reason", reason), ("where", LockHolder.New().Where), ("when", DateTime.UtcNow.ToString("s", CultureInfo.InvariantCulture) + "Z"))
        + (cause is null ? "" : $"\n{cause}\n");

    /// <summary>Whatever the file says: that it is there is what counts.</summary>
    public static CellFailure Parse(string text)
    {
        Dictionary<string, string> values = FieldLines.Parse(text);
        return new(
            values.GetValueOrDefault("reason", "its file does not say why"),
            values.GetValueOrDefault("where", "?"), values.GetValueOrDefault("when", "?"));
    }
}
