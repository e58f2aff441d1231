using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// Hands a phase's pieces to threads. Each begins with a share of its own, always the same, whose data may still be in its cache;
/// whoever is done with that takes
/// what others have not begun. So a thread that loses its processor for a while holds the phase up for one piece, not for its share.
/// </summary>
/// <param name="threads">Number of threads.</param>
internal sealed class Pieces(int threads)
{
    // Two cache lines, which processors fetch together, between two counters.
    private const int Apart = 32;

    // How many of each thread's share are taken, or more.
    private readonly int[] _taken = new int[(threads + 1) * Apart];
    private int _count;

    /// <summary>Lays out a phase's pieces. No thread may be taking any.</summary>
    public void Begin(int count)
    {
        _count = count;
        for (int thread = 0; thread < threads; thread++) TakenOf(thread) = 0;
    }

    /// <summary>Takes one piece for a thread.</summary>
    /// <returns>Its number; null where none is left.</returns>
    public int? Take(int thread)
    {
        for (int i = 0; i < threads; i++)
        {
            int owner = (thread + i) % threads;
            int start = Share.Start(_count, owner, threads), length = Share.Start(_count, owner + 1, threads) - start;
            if (Volatile.Read(ref TakenOf(owner)) >= length) continue;
            int place = Interlocked.Increment(ref TakenOf(owner)) - 1;
            if (place < length) return start + place;
        }

        return null;
    }

    private ref int TakenOf(int thread) => ref _taken[(thread + 1) * Apart];
}
