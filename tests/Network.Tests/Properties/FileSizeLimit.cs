using System.Runtime.InteropServices;

namespace NoiseGen.Tests.Properties;

/// <summary>The largest file that this process may write, a limit of Linux: it has the effect of a full disk.</summary>
internal static class FileSizeLimit
{
    public const ulong None = ulong.MaxValue;

    private const int FileSize = 1; // RLIMIT_FSIZE
    private const PosixSignal TooLarge = (PosixSignal)25; // SIGXFSZ, which would end the process

    private static PosixSignalRegistration? s_signal;

    public static void Set(ulong bytes)
    {
        s_signal ??= PosixSignalRegistration.Create(TooLarge, signal => signal.Cancel = true);
        Assert.Equal(0, SetLimit(FileSize, [bytes, None]));
    }

    // The limit, and the maximum to which it can be set.
    [DllImport("libc", EntryPoint = "setrlimit")]
    private static extern int SetLimit(int resource, ulong[] limits);
}
