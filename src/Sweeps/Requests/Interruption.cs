using System.Runtime.InteropServices;

namespace NoiseGen.Sweeps;

/// <summary>
/// Requests to end the work after the current step: Ctrl-C, SIGTERM, and SIGUSR1, with which a cluster announces that the time is nearly
/// up. SIGTERM may arrive any number of times: schedulers signal a job, and its script passes the signal on. A second Ctrl-C ends the
/// process at once.
/// </summary>
public sealed class Interruption : IDisposable
{
    private static readonly PosixSignal s_timeIsUp = (PosixSignal)(OperatingSystem.IsMacOS() ? 30 : 10); // SIGUSR1 has no name in .NET

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;
    private int _exitCode = SweepExitCode.PutOff;

    /// <summary>Starts handling the signals.</summary>
    public Interruption()
    {
        PosixSignal[] signals = OperatingSystem.IsWindows()
            ? [PosixSignal.SIGINT, PosixSignal.SIGTERM]
            : [PosixSignal.SIGINT, PosixSignal.SIGTERM, s_timeIsUp];
        _signals = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Heed))];
    }

    /// <summary>Cancelled by the first request.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>
    /// The process's exit code: <see cref="SweepExitCode.Interrupted"/> after Ctrl-C, else <see cref="SweepExitCode.PutOff"/>.
    /// </summary>
    public int ExitCode => _exitCode;

    /// <summary>Whether the time of a cluster's job is nearly up: SIGUSR1 came first.</summary>
    public bool IsTimeUp { get; private set; }

    /// <summary>Ends the work like a signal.</summary>
    public void Request() => _source.Cancel();

    /// <summary>Stops handling the signals.</summary>
    public void Dispose()
    {
        // The source is not disposed: a signal may still be using it, on a thread where an exception would end the process.
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
