namespace NoiseGen.Sweeps;

/// <summary>What a program that runs a sweep ends with.</summary>
public static class SweepExitCode
{
    /// <summary>All that was asked for is done.</summary>
    public const int Done = 0;

    /// <summary>
    /// A cell failed, or a file cannot be read or written: the same would happen again, and a scheduler should not queue it again.
    /// </summary>
    public const int Failed = 1;

    /// <summary>An option is not what it can be.</summary>
    public const int WrongInput = 2;

    /// <summary>
    /// The work was put off: it keeps where it stands, or is at another process. The same command goes on. (EX_TEMPFAIL of sysexits.h.)
    /// </summary>
    public const int PutOff = 75;

    /// <summary>Ctrl-C: 128 + SIGINT, as shells report it. The same command goes on.</summary>
    public const int Interrupted = 130;
}
