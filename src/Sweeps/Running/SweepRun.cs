using System.Globalization;
using NoiseGen.Storage;
using NoiseGen.Sweeps.Cells;
using NoiseGen.Sweeps.Progress;
using NoiseGen.Sweeps.Requests;
using NoiseGen.Sweeps.Slurm;
using Spectre.Console;

namespace NoiseGen.Sweeps.Running;

/// <summary>Executes a request to a sweep.</summary>
internal sealed class SweepRun(SweepGrid sweep, SweepRequest request, Interruption interruption)
{
    private const int PlainWidth = 120; // a file has no width; most readers' windows have at least this

    private readonly CellFolder _folder = CellFolder.Open(sweep.FolderIn(request.Output));
    private readonly IAnsiConsole _console = AnsiConsole.Console;

    /// <returns>The program's exit code.</returns>
    public int Run()
    {
        if (Console.IsOutputRedirected) _console.Profile.Width = Math.Max(_console.Profile.Width, PlainWidth);
        return request.Action switch
        {
            SweepAction.Worker => WorkBesideOthers(),
            SweepAction.Cells => TrainNamed(),
            SweepAction.Status => TellStatus(),
            SweepAction.Submit => new SlurmSubmission(sweep, _folder, request, _console).Submit(),
            _ => TrainAll(),
        };
    }

    private int TrainAll()
    {
        WholeFile.CheckPublish(Merged); // so that a mistake shows before the training, not after it
        Merge();
        Retry(sweep.Cells);
        int open = sweep.Cells.Count(cell => !_folder.IsDone(cell) && !File.Exists(_folder.FailedOf(cell)));
        WorkShare share = WorkShare.Of(request.Jobs, request.Threads, open, Environment.ProcessorCount);
        if (share.Jobs == 1) sweep.Prepare?.Invoke();
        using (GridProgress.Show(_folder, sweep.Cells, _console))
        {
            if (share.Jobs == 1) Worker(share.Threads, LockTimes.Lively).Run(sweep.Cells);
            else new SideBySide(_folder, sweep.Cells, Command(share.Threads), interruption).Run(share.Jobs);
        }

        Merge();
        SweepState state = SweepState.Of(_folder, sweep.Cells);
        foreach (CellState cell in state.In(CellStatus.Failed))
            Console.Out.WriteLine($"{cell.Cell} failed: {cell.Failure!.Reason} ({cell.Failure.Where})");
        if (state.Count(CellStatus.Failed) is > 0 and int failed)
            _console.WriteLine(Invariant($"{failed} of {sweep.Cells.Length} cells failed. --retry-failed retries them."));
        if (interruption.Token.IsCancellationRequested && !state.IsFinished) return Interrupted();
        foreach (CellState cell in state.In(CellStatus.Running))
            _console.WriteLine($"{cell.Cell} is held by another process: {cell.Holder?.Where}");
        return state.ExitCode;
    }

    private int TrainNamed()
    {
        SweepCell[] cells = [.. request.Cells.Select(Find).OfType<SweepCell>()];
        if (cells.Length < request.Cells.Length)
        {
            string wrong = request.Cells.First(name => Find(name) is null);
            Console.Error.WriteLine(Invariant(
                $"--cell is '{wrong}'; allowed are the keys of the grid's cells, and their numbers from 0 to {sweep.Cells.Length - 1}."));
            return SweepExitCode.WrongInput;
        }

        Retry(cells);
        if (!SweepState.Of(_folder, cells).IsFinished) sweep.Prepare?.Invoke();
        Worker(request.Threads, LockTimes.Default).Run(cells);
        SweepState state = SweepState.Of(_folder, cells);
        foreach (CellState cell in state.Cells) Console.Out.WriteLine($"{cell.Cell}: {Words(cell)}");
        if (SweepState.Of(_folder, sweep.Cells).IsFinished) Merge(); // the last process does it for all
        return interruption.Token.IsCancellationRequested && !state.IsFinished ? Interrupted() : state.ExitCode;
    }

    private int WorkBesideOthers()
    {
        using StreamWriter log = Supervised.Log(_folder);
        Supervised.EndWithParent(interruption);
        try
        {
            sweep.Prepare?.Invoke();
            Worker(request.Threads, LockTimes.Lively).Run(sweep.Cells);
            return interruption.Token.IsCancellationRequested ? SweepExitCode.PutOff : SweepExitCode.Done;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(exception.Message);
            return SweepExitCode.Failed;
        }
    }

    private int TellStatus()
    {
        Worker(request.Threads, LockTimes.Default).CleanUp(sweep.Cells);
        Merge();
        SweepState state = SweepState.Of(_folder, sweep.Cells, SlurmQueue.Tasks(_folder, sweep.Name));
        StatusTable.Write(_console, state);
        return state.ExitCode;
    }

    private int Interrupted()
    {
        Console.Error.WriteLine("Interrupted after a whole step. The same command continues from there.");
        return interruption.ExitCode;
    }

    private CellWorker Worker(int threads, LockTimes times) => new(sweep.Train, _folder, threads, times, interruption);

    private string[] Command(int threads) =>
        [.. OwnProgram.Command, .. sweep.Arguments, "--threads", threads.ToString(CultureInfo.InvariantCulture), Supervised.WorkerOption];

    private string Merged => Path.Combine(request.Output, $"{sweep.Name}.csv");

    private void Merge() => ResultsText.Merge(_folder, sweep.Cells, Merged);

    private void Retry(IEnumerable<SweepCell> cells)
    {
        foreach (SweepCell cell in request.RetryFailed ? cells : []) _folder.Retry(cell);
    }

    private SweepCell? Find(string name) => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        ? sweep.Cells.ElementAtOrDefault(number)
        : sweep.Cells.FirstOrDefault(cell => cell.Key == name);

    private static string Words(CellState cell) => cell switch
    {
        { Failure: { } failure } => $"failed: {failure.Reason}",
        { Holder: { } holder } => $"held by another process: {holder.Where}",
        { Status: CellStatus.Done } => "done",
        _ => "not yet done",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
