using System.Security.Cryptography;
using System.Text;
using NoiseGen.Storage;

namespace NoiseGen.Sweeps.Cells;

/// <summary>
/// The folder with the whole state of a sweep. For each cell it has the results, the failure, the lock, and the state of the training,
/// in files named by the cell's key. Any number of processes on any machines share it.
/// </summary>
internal sealed class CellFolder
{
    private const string Results = ".csv", Failed = ".failed", Held = ".lock", Arguments = "arguments.txt", UnfinishedStart = "unfinished-";

    private CellFolder(string path) => Path = System.IO.Path.GetFullPath(path);

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The folder of the programs' output during training.</summary>
    public string LogFolder => At("log");

    /// <summary>The folder at this path, which need not exist.</summary>
    public static CellFolder Of(string path) => new(path);

    /// <summary>Creates or opens the folder.</summary>
    /// <exception cref="IOException">It cannot be created.</exception>
    public static CellFolder Open(string path)
    {
        var folder = new CellFolder(path);
        try
        {
            Directory.CreateDirectory(folder.LogFolder);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new IOException($"{path} cannot be created: {failure.Message}", failure);
        }

        return folder;
    }

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public string ResultsOf(SweepCell cell) => At(cell.Key + Results);

    public string LockOf(SweepCell cell) => At(cell.Key + Held);

    public string FailedOf(SweepCell cell) => At(cell.Key + Failed);

    public string UnfinishedOf(SweepCell cell) => At(UnfinishedStart + cell.Key);

    public bool IsDone(SweepCell cell) => File.Exists(ResultsOf(cell));

    /// <summary>Why a cell failed; null if it did not.</summary>
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

    /// <summary>Names of the files and folders in it: one listing serves all cells.</summary>
    public HashSet<string> Entries() =>
        [.. Directory.EnumerateFileSystemEntries(Path).Select(path => System.IO.Path.GetFileName(path))];

    /// <summary>Stores a cell's results: it is done.</summary>
    public void Finish(SweepCell cell, string results)
    {
        WholeFile.Publish(ResultsOf(cell), results);
        Forget(cell);
    }

    /// <summary>Stores why a cell failed.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="reason">The reason, one line.</param>
    /// <param name="cause">The exception; null if nothing was thrown.</param>
    public void Fail(SweepCell cell, string reason, Exception? cause = null) =>
        WholeFile.Publish(FailedOf(cell), CellFailure.Write(reason, cause));

    /// <summary>Removes a cell's failure.</summary>
    public void Retry(SweepCell cell) => File.Delete(FailedOf(cell));

    /// <summary>Removes the state of a cell's training.</summary>
    public void Forget(SweepCell cell)
    {
        try
        {
            Directory.Delete(UnfinishedOf(cell), recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // There was no state.
        }
    }

    /// <summary>Removes what a killed process left behind of a cell that this process holds.</summary>
    public void Tidy(SweepCell cell)
    {
        foreach (string file in (string[])[ResultsOf(cell), FailedOf(cell)])
        {
            foreach (string left in WholeFile.Leftovers(file)) WholeFile.Discard(left);
        }
    }

    /// <summary>Creates or opens the folder for the state of a cell's training.</summary>
    /// <returns>The folder.</returns>
    /// <exception cref="IOException">It cannot be created, or belongs to a different cell.</exception>
    public string Begin(SweepCell cell)
    {
        string folder = UnfinishedOf(cell), file = System.IO.Path.Combine(folder, Arguments);
        string arguments = string.Concat(cell.Names.Zip(cell.Fields, (name, value) => $"{name}: {value}\n"));
        Directory.CreateDirectory(folder);
        if (!File.Exists(file) || !Kept(folder).Any()) WholeFile.Publish(file, arguments);
        string found = File.ReadAllText(file);
        if (found == arguments) return folder;
        throw new IOException(
            $"{folder} has the state of a training with other values: {OneLine(found)}. Those of this cell are: {OneLine(arguments)}. "
            + "Remove that folder to start from scratch.");
    }

    /// <summary>A digest of a training's state, which changes when the training makes progress.</summary>
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

    /// <summary>The <see cref="Entries"/> that are results of cells not among these, in the order of their keys.</summary>
    public IEnumerable<string> OtherResults(IEnumerable<string> entries, IEnumerable<SweepCell> cells)
    {
        HashSet<string> own = [.. cells.Select(cell => cell.Key + Results)];
        return entries.Where(name => name.EndsWith(Results, StringComparison.Ordinal) && name[0] != '.' && !own.Contains(name))
            .Order(StringComparer.Ordinal).Select(At);
    }

    // Hidden files are locks, and leftovers of killed processes.
    private static IEnumerable<string> Kept(string folder) =>
        Directory.EnumerateFiles(folder).Where(file => System.IO.Path.GetFileName(file) is var name && name[0] != '.' && name != Arguments);

    private static string OneLine(string text) => string.Join(", ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
}
