namespace NoiseGen.Sweeps.Cells;

/// <summary>Small files that people read as well: one line per value, <c>name: value</c>.</summary>
internal static class FieldLines
{
    /// <summary>The values by name; lines of another form are skipped.</summary>
    public static Dictionary<string, string> Parse(string text)
    {
        Dictionary<string, string> values = [];
        foreach (string line in text.Split('\n'))
        {
            int end = line.IndexOf(": ", StringComparison.Ordinal);
            if (end > 0) values.TryAdd(line[..end], line[(end + 2)..].Trim()); // anything may follow the first lines
        }

        return values;
    }

    /// <summary>The text of these values; line breaks become spaces.</summary>
    public static string Write(params ReadOnlySpan<(string Name, string Value)> values)
    {
        var text = new System.Text.StringBuilder();
        foreach ((string name, string value) in values) text.Append($"{name}: {value.ReplaceLineEndings(" ")}\n");
        return text.ToString();
    }
}
