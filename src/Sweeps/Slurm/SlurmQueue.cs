using System.Globalization;
using NoiseGen.Sweeps.Cells;

namespace NoiseGen.Sweeps.Slurm;

/// <summary>
/// A submission: a file with one line per task, which has the keys of its cells, and jobs that are named after the file.
/// So the queue shows which cells are in it, even if the submitting process was killed before it could record anything.
/// </summary>
internal static class SlurmQueue
{
    private const string Start = "tasks-", End = ".txt";

    /// <summary>The file of a submission.</summary>
    public static string FileOf(CellFolder folder, string submission) => folder.At($"{Start}{submission}{End}");

    /// <summary>The name of a job whose tasks begin after that line.</summary>
    public static string JobOf(string sweep, string submission, int offset) =>
        string.Create(CultureInfo.InvariantCulture, $"{sweep}.{submission}.{offset}");

    /// <summary>The tasks in the queue, by the keys of their cells; empty if there is no SLURM or nothing was submitted.</summary>
    public static IReadOnlyDictionary<string, string> Tasks(CellFolder folder, string sweep)
    {
        if (!Directory.EnumerateFiles(folder.Path, $"{Start}*{End}").Any()) return new Dictionary<string, string>();
        try
        {
            return Read(folder, sweep);
        }
        catch (IOException)
        {
            return new Dictionary<string, string>(); // the queue belongs to another machine; running cells are in the folder anyway
        }
    }

    /// <inheritdoc cref="Tasks"/>
    /// <exception cref="IOException">There is no SLURM, or it does not answer.</exception>
    public static IReadOnlyDictionary<string, string> Read(CellFolder folder, string sweep)
    {
        Dictionary<string, string> tasks = [];
        Dictionary<string, string[]> files = [];
        // Name, index in the array, number of the task; one line per task.
        string queue = SlurmCommand.Run("squeue", "--noheader", "--array", "--user", Environment.UserName, "--format=%j|%K|%F");
        foreach (string line in queue.Split('\n'))
        {
            if (line.Split('|') is not [var name, var index, var job] || name.Split('.') is not [.., var submission, var offset]) continue;
            if (name != JobOf(sweep, submission, Number(offset)) || Number(index) is var place && place < 1) continue;
            if (!files.TryGetValue(submission, out string[]? lines))
                files[submission] = lines = File.Exists(FileOf(folder, submission)) ? File.ReadAllLines(FileOf(folder, submission)) : [];
            string keys = lines.ElementAtOrDefault(Number(offset) + place - 1) ?? "";
            foreach (string key in keys.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                tasks[key] = $"{job.Trim()}_{index}";
        }

        return tasks;
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;
}
