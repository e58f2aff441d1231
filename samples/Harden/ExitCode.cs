using NoiseGen.Sweeps;

namespace Harden;

/// <summary>The program's exit codes, which the help lists as well.</summary>
internal static class ExitCode
{
    public const int Success = SweepExitCode.Done;

    /// <summary>A file or folder is wrong, or a training diverged: the same would happen again.</summary>
    public const int Failure = SweepExitCode.Failed;

    /// <summary>An option, or a results file to be continued, is not valid.</summary>
    public const int WrongInput = SweepExitCode.WrongInput;

    /// <summary>The program ended at the system's request, or another process has the remaining work.</summary>
    public const int PutOff = SweepExitCode.PutOff;

    /// <summary>Ctrl-C: 128 + SIGINT, as shells report it.</summary>
    public const int Interrupted = SweepExitCode.Interrupted;
}
