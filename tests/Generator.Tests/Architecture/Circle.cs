namespace NoiseGen.Generator.Tests.Architecture;

/// <summary>
/// Sibling folders each of which can be reached from every other one, through the references of their files and of the folders in them. The
/// files directly in the parent count as a folder beside its folders, called <c>.</c>.
/// </summary>
/// <param name="Parent">The folder that holds them; empty for the root.</param>
/// <param name="Folders">Their names, sorted.</param>
/// <param name="References">All references between them.</param>
internal sealed record Circle(string Parent, string[] Folders, FolderReference[] References)
{
    // Enough names to find the place.
    private const int MostNames = 6;

    /// <summary>Such as <c>Runtime: Networks, Storage</c>.</summary>
    public string Name => $"{Parent}: {string.Join(", ", Folders)}";

    /// <summary>The circles among some references, by name.</summary>
    public static Circle[] Among(IEnumerable<FolderReference> references) =>
    [
        .. references.GroupBy(reference => Siblings(reference).Parent).SelectMany(group => Among(group.Key, [.. group]))
            .OrderBy(circle => circle.Name, StringComparer.Ordinal),
    ];

    /// <summary>Which folder refers to which by which names in which files.</summary>
    public override string ToString()
    {
        IEnumerable<string> edges = References
            .GroupBy(reference => (Siblings(reference).From, Siblings(reference).To)).OrderBy(edge => edge.Count())
            .Select(edge => $"\n  {edge.Key.From} → {edge.Key.To}, {edge.Count()} names"
                + string.Concat(edge.GroupBy(reference => reference.File).Select(InFile)));
        return $"{Name}, smallest first:{string.Concat(edges)}";
    }

    private static string InFile(IGrouping<string, FolderReference> file)
    {
        string[] names = [.. file.Select(reference => reference.Name)];
        return $"\n    {file.Key}: {string.Join(", ", names.Take(MostNames))}{(names.Length > MostNames ? " …" : "")}";
    }

    private static IEnumerable<Circle> Among(string parent, FolderReference[] references)
    {
        ILookup<string, string> edges = references.Select(Siblings).Distinct().ToLookup(pair => pair.From, pair => pair.To);
        var reached = edges.ToDictionary(folder => folder.Key, folder => Reached(edges, folder.Key));
        bool Reaches(string from, string to) => reached.TryGetValue(from, out HashSet<string>? all) && all.Contains(to);
        IEnumerable<string[]> circles = reached.Keys.Where(folder => Reaches(folder, folder))
            .Select(folder => reached[folder].Where(other => Reaches(other, folder)).Order(StringComparer.Ordinal).ToArray())
            .DistinctBy(folders => string.Join('/', folders));
        return circles.Select(folders => new Circle(parent, folders, [.. references.Where(reference => IsBetween(reference, folders))]));
    }

    private static bool IsBetween(FolderReference reference, string[] folders) =>
        Siblings(reference) is var pair && folders.Contains(pair.From) && folders.Contains(pair.To);

    private static HashSet<string> Reached(ILookup<string, string> edges, string folder)
    {
        HashSet<string> reached = [];
        var next = new Stack<string>(edges[folder]);
        while (next.TryPop(out string? one))
        {
            if (!reached.Add(one)) continue;
            foreach (string other in edges[one]) next.Push(other);
        }

        return reached;
    }

    // Of two folders, however deep, the two siblings that hold them.
    private static (string Parent, string From, string To) Siblings(FolderReference reference)
    {
        string[] from = reference.From.Split('/'), to = reference.To.Split('/');
        int common = from.Zip(to).TakeWhile(pair => pair.First == pair.Second).Count();
        return (string.Join('/', from[..common]), from.ElementAtOrDefault(common) ?? ".", to.ElementAtOrDefault(common) ?? ".");
    }
}
