using System.Runtime.InteropServices;

namespace NoiseGen.Sweeps;

/// <summary>
/// Requests to end, which end the work behind the step that is being taken: Ctrl-C, SIGTERM, and SIGUSR1, by which a cluster says that the
/// time is nearly up. SIGTERM may come any number of times: schedulers signal a job, and its script passes that on. A second Ctrl-C ends
/// the process at once.
/// </summary>
public sealed class Interruption : IDisposable
{
    private static readonly PosixSignal s_timeIsUp = (PosixSignal)(OperatingSystem.IsMacOS() ? 30 : 10); // SIGUSR1 has no name in .NET

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;
    private int _exitCode = SweepExitCode.PutOff;

    /// <summary>Heeds the signals from now on.</summary>
    public Interruption()
    {
        PosixSignal[] signals = OperatingSystem.IsWindows()
            ? [PosixSignal.SIGINT, PosixSignal.SIGTERM]
            : [PosixSignal.SIGINT, PosixSignal.SIGTERM, s_timeIsUp];
        _signals = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Heed))];
    }

    /// <summary>Is cancelled by the first request.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>
    /// What the process should end with: <see cref="SweepExitCode.Interrupted"/> behind Ctrl-C, <see cref="SweepExitCode.PutOff"/> else.
    /// </summary>
    public int ExitCode => _exitCode;

    /// <summary>Whether the time of a cluster's job is nearly up: SIGUSR1 came first.</summary>
    public bool IsTimeUp { get; private set; }

    /// <summary>Ends the work as a signal would.</summary>
    public void Request() => _source.Cancel();

    /// <summary>Heeds the signals no more.</summary>
    public void Dispose()
    {
        // The source is not disposed of: a signal that has come may still meet it, on a thread whose exception would end the process.
        foreach (PosixSignalRegistration signal in _signals) signal.Dispose();
    }

    private void Heed(PosixSignalContext context)
    {
        bool isFirst = !_source.IsCancellationRequested, isCtrlC = context.Signal == PosixSignal.SIGINT;
        context.Cancel = isFirst || !isCtrlC;
        if (!isFirst) return;
        if (isCtrlC) _exitCode = SweepExitCode.Interrupted;
        IsTimeUp = context.Signal == s_timeIsUp;
        _source.Cancel();
    }
}
