using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// Runs phases on a network's threads, piece by piece: lane blocks, each of which goes through a segment on one thread while it is in that
/// thread's cache, or shares of the work that is done once for a batch.
/// </summary>
internal sealed class PhaseRunner : IDisposable
{
    // Enough shares to balance the load, and few enough that a share still finds in the cache what the neighbours of a tile have read.
    private const int SharesOfThread = 4;

    private readonly Pieces _pieces;
    private readonly ThreadTeam _team;
    private readonly Action<int> _takePieces;

    // Passed to the threads, and kept only while a phase runs.
    private Phase? _phase;
    private Pass _pass;

    public PhaseRunner(int threads)
    {
        Shares = threads == 1 ? 1 : threads * SharesOfThread;
        _pieces = new Pieces(threads);
        _takePieces = TakePieces;
        _team = new ThreadTeam(threads);
    }

    /// <summary>Times the pieces, one after the other on the caller's thread; null to hand them to the threads.</summary>
    public PhaseTrace? Trace { get; set; }

    /// <summary>Number of shares into which the work on a whole batch is divided.</summary>
    public int Shares { get; }

    public void RunBlocks(Phase phase, in Pass pass) => Run(phase, pass, pass.Blocks);

    public void RunShares(Phase phase, in Pass pass) => Run(phase, pass, Shares);

    /// <summary>Whether a thread belongs to the runner.</summary>
    public bool IsMember(Thread thread) => _team.IsMember(thread);

    public void Dispose() => _team.Dispose();

    private void Run(Phase phase, in Pass pass, int pieces)
    {
        if (Trace is { } trace)
        {
            trace.Run(phase, pass, pieces);
            return;
        }

        (_phase, _pass) = (phase, pass);
        _pieces.Begin(pieces);
        try
        {
            _team.Run(_takePieces);
        }
        finally
        {
            (_phase, _pass) = (null, default);
        }
    }

    private void TakePieces(int thread)
    {
        while (_pieces.Take(thread) is { } piece) _phase!(_pass, piece, thread);
    }
}
