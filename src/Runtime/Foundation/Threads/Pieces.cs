using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// Distributes a phase's pieces to threads. Each thread starts with its own share, always the same, whose data may still be in its cache. A
/// thread that has finished its share takes pieces that others have not started. A thread that loses its processor for a while therefore
/// delays the phase by one piece, not by its share.
/// </summary>
/// <param name="threads">Number of threads.</param>
internal sealed class Pieces(int threads)
{
    // Counters are two cache lines apart, because processors fetch lines in pairs.
    private const int Apart = 32;

    // Number of pieces taken from each thread's share; it may exceed the share.
    private readonly int[] _taken = new int[(threads + 1) * Apart];
    private int _count;

    /// <summary>Starts a phase with a number of pieces. No thread may be taking pieces.</summary>
    public void Begin(int count)
    {
        _count = count;
        for (int thread = 0; thread < threads; thread++) TakenOf(thread) = 0;
    }

    /// <summary>Takes one piece for a thread.</summary>
    /// <returns>Its number; null if none is left.</returns>
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
