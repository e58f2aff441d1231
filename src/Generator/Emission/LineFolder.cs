namespace NoiseGen.Generator.Emission;

/// <summary>Folds long lines of generated code: between statements, or else between the items of the outermost list.</summary>
internal static class LineFolder
{
    private const int Width = 140;

    /// <summary>The lines that a line at some depth of indentation becomes; comments and directives stay as they are.</summary>
    public static IEnumerable<string> Fold(string line, int indentation)
    {
        string text = line.TrimStart();
        int room = Width - indentation - (line.Length - text.Length);
        if (text.Length <= room || text.StartsWith("//", StringComparison.Ordinal) || text[0] == '#') return [line];

        string margin = line.Substring(0, line.Length - text.Length);
        Breaks breaks = Breaks.Of(text);
        return breaks.Statements.Count > 0
            ? Apart(text, breaks.Statements).Select(part => margin + part)
            : Pack(text, breaks.Items, room - 4).Select((part, i) => margin + (i == 0 ? "" : "    ") + part);
    }

    // A line for each statement.
    private static IEnumerable<string> Apart(string text, List<int> starts)
    {
        int start = 0;
        foreach (int next in starts)
        {
            yield return text.Substring(start, next - start).TrimEnd();
            start = next;
        }

        yield return text.Substring(start);
    }

    // As many items to a line as fit.
    private static IEnumerable<string> Pack(string text, List<int> breaks, int room)
    {
        int start = 0;
        for (int i = 0; i < breaks.Count; i++)
        {
            int next = i + 1 < breaks.Count ? breaks[i + 1] : text.Length;
            if (next - start <= room && text[breaks[i] - 1] == ' ') continue;
            yield return text.Substring(start, breaks[i] - start).TrimEnd();
            start = breaks[i];
        }

        yield return text.Substring(start);
    }

    /// <summary>Where a line may be broken.</summary>
    /// <param name="Statements">Starts of statements after the first.</param>
    /// <param name="Items">Starts of the outermost list's items: those of a declaration after the first,
    /// or all arguments of a call.</param>
    private sealed record Breaks(List<int> Statements, List<int> Items)
    {
        public static Breaks Of(string text)
        {
            List<int> statements = [], declared = [], arguments = [];
            int depth = 0, list = 0;
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] == '(' && depth++ == 0 && arguments.Count == 0) list = i + 1;
                if (text[i] == ')') depth--;
                if (text[i] != ' ' || i == 0) continue;
                if (depth == 0 && text[i - 1] == ';') statements.Add(i + 1);
                if (depth == 0 && text[i - 1] == ',') declared.Add(i + 1);
                if (depth == 1 && text[i - 1] == ',') arguments.Add(i + 1);
            }

            return new Breaks(statements, declared.Count > 0 ? declared : [list, .. arguments]);
        }
    }
}
