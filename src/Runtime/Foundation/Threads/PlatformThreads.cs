namespace NoiseGen;

/// <summary>How many threads the platform has. WebAssembly has one, unless it was built with more.</summary>
internal static class PlatformThreads
{
    private static readonly bool s_canStart =
        !(OperatingSystem.IsBrowser() || OperatingSystem.IsWasi()) || CanStart(static thread => thread.Start());

    /// <summary>What is used of a number that was asked for, 0 for one on each processor.</summary>
    public static int For(int asked) => For(asked, Environment.ProcessorCount, s_canStart);

    /// <summary>The same for a platform that has so many processors, and can start threads or cannot.</summary>
    internal static int For(int asked, int processors, bool canStart) => !canStart ? 1 : asked == 0 ? processors : asked;

    /// <summary>Whether a thread can be started.</summary>
    /// <param name="start">Starts it.</param>
    internal static bool CanStart(Action<Thread> start)
    {
        try
        {
            start(new Thread(static () => { }) { IsBackground = true });
            return true;
        }
        catch (PlatformNotSupportedException)
        {
            return false;
        }
    }
}
