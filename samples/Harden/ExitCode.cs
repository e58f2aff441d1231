using NoiseGen.Sweeps;

namespace Harden;

/// <summary>What the program ends with; help says the same.</summary>
internal static class ExitCode
{
    public const int Success = SweepExitCode.Done;

    /// <summary>A file or a folder is wrong, or a training diverged: the same would happen again.</summary>
    public const int Failure = SweepExitCode.Failed;

    /// <summary>An option, or a file of results that is to be gone on with, is not what it can be.</summary>
    public const int WrongInput = SweepExitCode.WrongInput;

    /// <summary>A system's request to end was heeded, or what is left to do is at another process.</summary>
    public const int PutOff = SweepExitCode.PutOff;

    /// <summary>Ctrl-C: 128 + SIGINT, as shells report it.</summary>
    public const int Interrupted = SweepExitCode.Interrupted;
}
