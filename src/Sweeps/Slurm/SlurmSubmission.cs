using System.Globalization;
using System.Text.RegularExpressions;
using NoiseGen.Storage;
using NoiseGen.Sweeps.Cells;
using NoiseGen.Sweeps.Progress;
using NoiseGen.Sweeps.Requests;
using Spectre.Console;

namespace NoiseGen.Sweeps.Slurm;

/// <summary>Submits the cells that are neither done, running nor queued to SLURM, as job arrays.</summary>
internal sealed partial class SlurmSubmission(SweepGrid sweep, CellFolder folder, SweepRequest request, IAnsiConsole console)
{
    private const int UsualArraySize = 1001; // if SLURM does not report it; indices are smaller

    /// <returns>The program's exit code.</returns>
    /// <exception cref="IOException">SLURM refuses it or does not exist, or another process is submitting.</exception>
    public int Submit()
    {
        using CellLock held = CellLock.TryTake(folder.At(".submit.lock"), LockTimes.Default)
            ?? throw new IOException($"Another process is submitting cells of {folder.Path}: wait until it has ended.");
        bool isDry = request.Slurm.IsDryRun;
        IReadOnlyDictionary<string, string> queued = isDry ? SlurmQueue.Tasks(folder, sweep.Name) : SlurmQueue.Read(folder, sweep.Name);
        SweepState state = SweepState.Of(folder, sweep.Cells, queued);
        SweepCell[] open = [.. state.Cells.Where(IsOpen).Select(cell => cell.Cell)];
        console.WriteLine($"{state.Cells.Length.ToString(CultureInfo.InvariantCulture)} cells: {state}.");
        if (open.Length == 0)
        {
            console.WriteLine(state.Count(CellStatus.Failed) > 0
                ? "Nothing is left to submit; --retry-failed submits those that failed."
                : "Nothing is left to submit.");
            return SweepExitCode.Done;
        }

        string[][] tasks = [.. open.Select(cell => cell.Key).Chunk(request.Slurm.CellsPerTask)];
        string submission = string.Create(
            CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyyMMdd-HHmmss}-{Guid.NewGuid().ToString("N")[..4]}");
        string file = SlurmQueue.FileOf(folder, submission), script = folder.At("submit.sh");
        string text = SlurmScript.Of(sweep, folder, file, [.. OwnProgram.Command, .. sweep.Arguments], request.Slurm);
        if (isDry)
        {
            string? Previous(int offset) => offset > 0 && request.Slurm.AtOnce > 0 ? "JOB-BEFORE" : null;
            Show(text, [.. Chunks(tasks.Length).Select(chunk => Sbatch(submission, chunk, Previous(chunk.Offset), script))]);
            return SweepExitCode.Done;
        }

        IEnumerable<string> leftovers = Directory.EnumerateFiles(folder.Path, ".tasks-*.tmp").Concat(WholeFile.Leftovers(script));
        foreach (string left in leftovers) WholeFile.Discard(left);
        foreach (SweepCell cell in open) folder.Retry(cell);
        WholeFile.Publish(file, string.Concat(tasks.Select(keys => string.Join(' ', keys) + "\n")));
        WholeFile.Publish(script, text);
        Submit(submission, script, tasks.Length, open.Length);
        return SweepExitCode.Done;
    }

    private void Submit(string submission, string script, int tasks, int cells)
    {
        string? previous = null;
        foreach ((int offset, int count) chunk in Chunks(tasks))
        {
            string[] command = Sbatch(submission, chunk, previous, script);
            // a number, and the cluster if there are several
            string job = SlurmCommand.Run(command[0], command[1..]).Trim().Split(';')[0];
            File.AppendAllText(folder.At("jobs.txt"), $"{job}: {string.Join(' ', command.Select(SlurmScript.Quoted))}\n");
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Job {job}: {chunk.count} tasks."));
            if (request.Slurm.AtOnce > 0) previous = job; // the limit applies to one array, so the arrays run one after the other
        }

        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cells} cells were submitted. --status shows their progress."));
    }

    private bool IsOpen(CellState cell) => cell.Status == CellStatus.Waiting || (cell.Status == CellStatus.Failed && request.RetryFailed);

    private static IEnumerable<(int Offset, int Count)> Chunks(int tasks)
    {
        int most = MostTasks();
        for (int offset = 0; offset < tasks; offset += most) yield return (offset, Math.Min(most, tasks - offset));
    }

    private string[] Sbatch(string submission, (int Offset, int Count) chunk, string? previous, string script)
    {
        string limit = request.Slurm.AtOnce > 0 ? FormattableString.Invariant($"%{request.Slurm.AtOnce}") : "";
        return
        [
            "sbatch", "--parsable", FormattableString.Invariant($"--array=1-{chunk.Count}{limit}"),
            $"--job-name={SlurmQueue.JobOf(sweep.Name, submission, chunk.Offset)}",
            .. previous is null ? Array.Empty<string>() : [$"--dependency=afterany:{previous}"],
            script, chunk.Offset.ToString(CultureInfo.InvariantCulture),
        ];
    }

    private void Show(string script, string[][] commands)
    {
        Console.Out.WriteLine(script);
        foreach (string[] command in commands) Console.Out.WriteLine(string.Join(' ', command.Select(SlurmScript.Quoted)));
        console.WriteLine("This is a dry run: nothing was submitted.");
    }

    // Indices begin at 1 and are less than what SLURM calls the size.
    private static int MostTasks()
    {
        try
        {
            Match size = MaxArraySize().Match(SlurmCommand.Run("scontrol", "show", "config"));
            return (size.Success ? int.Parse(size.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : UsualArraySize) - 1;
        }
        catch (IOException)
        {
            return UsualArraySize - 1;
        }
    }

    [GeneratedRegex(@"^MaxArraySize\s*=\s*(\d+)", RegexOptions.Multiline)]
    private static partial Regex MaxArraySize();
}
