using System.Runtime.InteropServices;

namespace NoiseGen.Tests.Properties;

/// <summary>The most bytes of a file that this process may write, as Linux has it: what a full disk is, without one.</summary>
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

    // The limit and the most that it can be set to.
    [DllImport("libc", EntryPoint = "setrlimit")]
    private static extern int SetLimit(int resource, ulong[] limits);
}
