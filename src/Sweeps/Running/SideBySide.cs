using System.Diagnostics;
using System.Globalization;
using NoiseGen.Sweeps.Cells;

namespace NoiseGen.Sweeps.Running;

/// <summary>
/// Trains cells in parallel, in processes of this program. A killed process affects no other, and is started again.
/// The processes coordinate through the folder; this one only supervises them. They end with it: their input is a pipe that closes.
/// </summary>
/// <param name="folder">The folder shared with the processes.</param>
/// <param name="cells">The grid.</param>
/// <param name="command">The command of one process.</param>
/// <param name="interruption">Stops them.</param>
internal sealed class SideBySide(
    CellFolder folder, IReadOnlyList<SweepCell> cells, IReadOnlyList<string> command, Interruption interruption)
{
    // How often processes may be killed: in a cell without progress in the checkpoint, until the cell fails, or before they reach a cell,
    // until the sweep fails.
    internal const int MostKills = 10;

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);

    private readonly List<Worker> _workers = [];
    private readonly Dictionary<string, (string Stand, int Count)> _kills = []; // by key
    private int _fruitless; // consecutive ends of processes that reached no cell

    /// <summary>Trains until all free cells are done, or until it is interrupted.</summary>
    /// <exception cref="IOException">The processes end before they reach a cell.</exception>
    public void Run(int jobs)
    {
        for (int i = 0; i < jobs; i++) _workers.Add(Start());
        try
        {
            while (_workers.Count > 0)
            {
                if (interruption.Token.WaitHandle.WaitOne(s_look)) break;
                SeeWhereTheyAre();
                foreach (Worker ended in _workers.Where(worker => worker.Process.HasExited).ToArray()) Replace(ended);
            }
        }
        finally
        {
            foreach (Worker worker in _workers) End(worker);
        }
    }

    private Worker Start()
    {
        var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardInput = true })
            ?? throw new IOException($"{command[0]} cannot be started.");
        return new Worker(process);
    }

    private void SeeWhereTheyAre()
    {
        HashSet<string> entries = folder.Entries();
        foreach (SweepCell cell in cells.Where(cell => entries.Contains(Path.GetFileName(folder.LockOf(cell)))))
        {
            if (LockFile.Read(folder.LockOf(cell)) is not { Holder: { IsHere: true } holder }) continue;
            if (_workers.Find(worker => worker.Process.Id == holder.Process) is { } worker) worker.Cell = cell;
        }
    }

    private void Replace(Worker ended)
    {
        _workers.Remove(ended);
        int code = ended.Process.ExitCode;
        string words = Supervised.LastWords(folder, ended.Process.Id);
        End(ended);
        // because of a file or the data; the next process would end in the same way
        if (code == SweepExitCode.Failed) throw new IOException(words);
        if (code is SweepExitCode.Done or SweepExitCode.PutOff || interruption.Token.IsCancellationRequested) return;
        if (ended.Cell is { } cell) Count(cell, code);
        else if (++_fruitless == MostKills) throw new IOException(Complaint(code, words));
        _workers.Add(Start());
    }

    // The closed pipe asks it to end after a step.
    private void End(Worker worker)
    {
        worker.Process.StandardInput.Close();
        worker.Process.WaitForExit();
        Supervised.DiscardEmptyLog(folder, worker.Process.Id);
        worker.Process.Dispose();
    }

    private void Count(SweepCell cell, int code)
    {
        _fruitless = 0;
        string stand = folder.StandOf(cell);
        (string before, int count) = _kills.GetValueOrDefault(cell.Key);
        _kills[cell.Key] = (stand, before == stand ? count + 1 : 1);
        if (_kills[cell.Key].Count < MostKills || folder.IsDone(cell)) return;
        folder.Fail(cell, string.Create(
            CultureInfo.InvariantCulture,
            $"Its process ended {MostKills} times with exit code {code} before the training made progress (137: killed; memory?)."));
    }

    private static string Complaint(int code, string words) => string.Create(
        CultureInfo.InvariantCulture,
        $"Processes ended {MostKills} times before they reached a cell, the last with exit code {code}. {words}");

    private sealed class Worker(Process process)
    {
        public Process Process { get; } = process;

        /// <summary>The cell that it was last seen with; null for none.</summary>
        public SweepCell? Cell { get; set; }
    }
}
