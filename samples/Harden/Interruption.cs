using System.Runtime.InteropServices;

namespace Harden;

/// <summary>Ctrl-C, and a system's request to end: the first of them ends the work behind the step that is being taken, a second one the process.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;

    public Interruption() => _signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        // The source is not disposed of: a signal that has come may still meet it, on a thread whose exception would end the process.
        foreach (PosixSignalRegistration signal in _signals) signal.Dispose();
    }

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = !_source.IsCancellationRequested;
        _source.Cancel();
    }
}
