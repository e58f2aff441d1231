namespace NoiseGen;

/// <summary>Finds where the files of a data set lie.</summary>
internal static class DataFolder
{
    private const int Depth = 3; // torchvision's EMNIST/raw, and a folder that an archive makes

    /// <summary>
    /// The folder itself where it has one of the files, else the one below it that does;
    /// the folder itself as well where none does, and opening the file says so.
    /// </summary>
    /// <param name="folder">What was given.</param>
    /// <param name="name">What the data set's folder is usually called, in small letters and without dashes:
    /// decides between several.</param>
    /// <param name="files">Names of a file that has to be there, any of them.</param>
    /// <exception cref="DataFileException">Several folders have such a file, and none or more than one of them is called so.</exception>
    public static string Find(string folder, string name, params ReadOnlySpan<string> files)
    {
        string[] names = files.ToArray();
        if (!Directory.Exists(folder) || Has(folder)) return folder;
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = Depth - 1, IgnoreInaccessible = true };
        string[] found = [.. Directory.EnumerateDirectories(folder, "*", options).Where(Has).Order(StringComparer.Ordinal)];
        string[] called =
        [
            .. found.Where(
                path => Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar).Any(part => Letters(part) == name)),
        ];
        return (found, called) switch
        {
            ([], _) => folder,
            ([var only], _) => only,
            (_, [var only]) => only,
            _ => throw new DataFileException(
                folder, $"expected one folder with {names[0]}, found {found.Length}: {string.Join(", ", found)}. Name the one that is "
                    + $"meant."),
        };

        bool Has(string path) => Array.Exists(names, file => Path.Exists(Path.Combine(path, file)));
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetter)).ToLowerInvariant();
}
