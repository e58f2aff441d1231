namespace NoiseGen;

/// <summary>The number of threads that the platform allows. WebAssembly has one, unless it was built with more.</summary>
internal static class PlatformThreads
{
    private static readonly bool s_canStart =
        !(OperatingSystem.IsBrowser() || OperatingSystem.IsWasi()) || CanStart(static thread => thread.Start());

    /// <summary>The number of threads to use for a requested number, where 0 requests one per processor.</summary>
    public static int For(int asked) => For(asked, Environment.ProcessorCount, s_canStart);

    /// <summary>The same for a platform with a given number of processors that can or cannot start threads.</summary>
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
