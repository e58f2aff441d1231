using System.Security.Cryptography;
using System.Text;
using NoiseGen.Storage;

namespace NoiseGen.Sweeps.Cells;

/// <summary>
/// The folder that is all the state of a sweep: of each cell its results, why it failed, who is at it, and where its training stands, in
/// files that are named by its key. Processes of any number and on any machines share it.
/// </summary>
internal sealed class CellFolder
{
    private const string Results = ".csv", Failed = ".failed", Held = ".lock", Arguments = "arguments.txt", UnfinishedStart = "unfinished-";

    private CellFolder(string path) => Path = System.IO.Path.GetFullPath(path);

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>For what programs write while they train.</summary>
    public string LogFolder => At("log");

    /// <summary>The folder of this path, which need not be there.</summary>
    public static CellFolder Of(string path) => new(path);

    /// <summary>Makes the folder, or takes it up.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static CellFolder Open(string path)
    {
        var folder = new CellFolder(path);
        try
        {
            Directory.CreateDirectory(folder.LogFolder);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new IOException($"{path} cannot be made: {failure.Message}", failure);
        }

        return folder;
    }

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public string ResultsOf(SweepCell cell) => At(cell.Key + Results);

    public string LockOf(SweepCell cell) => At(cell.Key + Held);

    public string FailedOf(SweepCell cell) => At(cell.Key + Failed);

    public string UnfinishedOf(SweepCell cell) => At(UnfinishedStart + cell.Key);

    public bool IsDone(SweepCell cell) => File.Exists(ResultsOf(cell));

    /// <summary>Why a cell failed; null where it did not.</summary>
    public CellFailure? FailureOf(SweepCell cell)
    {
        try
        {
            return CellFailure.Parse(File.ReadAllText(FailedOf(cell)));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Names of the files and folders that are there: one look for all cells.</summary>
    public HashSet<string> Entries() =>
        [.. Directory.EnumerateFileSystemEntries(Path).Select(path => System.IO.Path.GetFileName(path))];

    /// <summary>Keeps a cell's results: it is done.</summary>
    public void Finish(SweepCell cell, string results)
    {
        WholeFile.Publish(ResultsOf(cell), results);
        Forget(cell);
    }

    /// <summary>Keeps why a cell failed.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="reason">Why; a line.</param>
    /// <param name="cause">What came of it; null where nothing was thrown.</param>
    public void Fail(SweepCell cell, string reason, Exception? cause = null) =>
        WholeFile.Publish(FailedOf(cell), CellFailure.Write(reason, cause));

    /// <summary>Forgets that a cell failed.</summary>
    public void Retry(SweepCell cell) => File.Delete(FailedOf(cell));

    /// <summary>Forgets where a cell's training stands.</summary>
    public void Forget(SweepCell cell)
    {
        try
        {
            Directory.Delete(UnfinishedOf(cell), recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // It kept nothing.
        }
    }

    /// <summary>Removes what a kill has left of a cell that this process holds.</summary>
    public void Tidy(SweepCell cell)
    {
        foreach (string file in (string[])[ResultsOf(cell), FailedOf(cell)])
        {
            foreach (string left in WholeFile.Leftovers(file)) WholeFile.Discard(left);
        }
    }

    /// <summary>Makes the folder for where a cell's training stands, or takes it up.</summary>
    /// <returns>The folder.</returns>
    /// <exception cref="IOException">It cannot be made, or is another cell's.</exception>
    public string Begin(SweepCell cell)
    {
        string folder = UnfinishedOf(cell), file = System.IO.Path.Combine(folder, Arguments);
        string arguments = string.Concat(cell.Names.Zip(cell.Fields, (name, value) => $"{name}: {value}\n"));
        Directory.CreateDirectory(folder);
        if (!File.Exists(file) || !Kept(folder).Any()) WholeFile.Publish(file, arguments);
        string found = File.ReadAllText(file);
        if (found == arguments) return folder;
        throw new IOException(
            $"{folder} keeps where a training of other values stands: {OneLine(found)}. Those of this cell are: {OneLine(arguments)}. "
            + "Remove that folder to begin anew.");
    }

    /// <summary>What changes when a training gets on: a digest of what it keeps.</summary>
    public string StandOf(SweepCell cell)
    {
        string folder = UnfinishedOf(cell);
        if (!Directory.Exists(folder) || !Kept(folder).Any()) return "";
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in Kept(folder).Order(StringComparer.Ordinal))
        {
            digest.AppendData(Encoding.UTF8.GetBytes(System.IO.Path.GetFileName(file)));
            using FileStream stream = File.OpenRead(file);
            digest.AppendData(SHA256.HashData(stream));
        }

        return Convert.ToHexString(digest.GetHashAndReset());
    }

    /// <summary>Of the <see cref="Entries"/>, the results of cells that are not among these, in the order of their keys.</summary>
    public IEnumerable<string> OtherResults(IEnumerable<string> entries, IEnumerable<SweepCell> cells)
    {
        HashSet<string> own = [.. cells.Select(cell => cell.Key + Results)];
        return entries.Where(name => name.EndsWith(Results, StringComparison.Ordinal) && name[0] != '.' && !own.Contains(name))
            .Order(StringComparer.Ordinal).Select(At);
    }

    // Hidden ones are locks, and what a kill has left.
    private static IEnumerable<string> Kept(string folder) =>
        Directory.EnumerateFiles(folder).Where(file => System.IO.Path.GetFileName(file) is var name && name[0] != '.' && name != Arguments);

    private static string OneLine(string text) => string.Join(", ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
}
