namespace NoiseGen;

/// <summary>Finds the folder with the files of a data set.</summary>
internal static class DataFolder
{
    private const int Depth = 3; // torchvision's EMNIST/raw, and a folder that an archive makes

    /// <summary>
    /// The folder itself if it contains one of the files, otherwise the folder below it that does. If none does, the folder itself: opening
    /// the file then reports the error.
    /// </summary>
    /// <param name="folder">The given folder.</param>
    /// <param name="name">The usual name of the data set's folder, in lower case and without dashes, which decides between several.</param>
    /// <param name="files">Alternative names of a file that must exist.</param>
    /// <exception cref="DataFileException">Several folders have such a file, and none or more than one of them has this name.</exception>
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
