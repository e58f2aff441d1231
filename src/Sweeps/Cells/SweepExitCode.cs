namespace NoiseGen.Sweeps;

/// <summary>Exit codes of a program that runs a sweep.</summary>
public static class SweepExitCode
{
    /// <summary>Everything that was requested is done.</summary>
    public const int Done = 0;

    /// <summary>
    /// A cell failed, or a file cannot be read or written. The same would happen again, so a scheduler should not requeue it.
    /// </summary>
    public const int Failed = 1;

    /// <summary>An option is not valid.</summary>
    public const int WrongInput = 2;

    /// <summary>
    /// The work is postponed: its state was saved, or another process has it. The same command resumes it. (EX_TEMPFAIL of sysexits.h.)
    /// </summary>
    public const int PutOff = 75;

    /// <summary>Ctrl-C: 128 + SIGINT, as shells report it. The same command resumes the work.</summary>
    public const int Interrupted = 130;
}
