namespace Harden;

/// <summary>What the program ends with; help says the same.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>Something outside is wrong: a file, a folder, a training that diverged.</summary>
    public const int Failure = 1;

    /// <summary>An option, or a file of results that is to be gone on with, is not what it can be.</summary>
    public const int WrongInput = 2;

    /// <summary>An experiment is done, but for cells that failed.</summary>
    public const int CellsFailed = 3;

    /// <summary>128 + SIGINT, as shells report it.</summary>
    public const int Interrupted = 130;
}
