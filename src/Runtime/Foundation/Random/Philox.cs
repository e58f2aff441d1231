using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NoiseGen.CompilerServices;

/// <summary>
/// Philox4x32, the counter-based random number generator of Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (SC'11): a keyed
/// bijection of 128-bit counters. Seven rounds pass the same test batteries as ten (their table 2) and are what this library's noise uses.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Philox
{
    /// <summary>Number of rounds for all random numbers of this library.</summary>
    public const int Rounds = 7;

    internal const uint Multiplier0 = 0xD2511F53;
    internal const uint Multiplier1 = 0xCD9E8D57;
    internal const uint Weyl0 = 0x9E3779B9;
    internal const uint Weyl1 = 0xBB67AE85;

    /// <summary>Four words of 128 bits, a counter or a result.</summary>
    public readonly record struct Words(uint X0, uint X1, uint X2, uint X3)
    {
        /// <summary>One of the words.</summary>
        /// <param name="index">0 … 3.</param>
        public uint this[int index] =>
            index switch { 0 => X0, 1 => X1, 2 => X2, 3 => X3, _ => throw new ArgumentOutOfRangeException(nameof(index)) };
    }

    /// <summary>Maps a counter to four random words.</summary>
    /// <param name="counter">The counter.</param>
    /// <param name="key">The key: its low half is the published k0, its high half k1.</param>
    /// <param name="rounds">Rounds, 7 or 10 for random numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Generate(Words counter, ulong key, int rounds = Rounds)
    {
        (uint x0, uint x1, uint x2, uint x3) = counter;
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * x0;
            ulong product1 = (ulong)Multiplier1 * x2;
            (x0, x1, x2, x3) = ((uint)(product1 >> 32) ^ x1 ^ k0, (uint)product1, (uint)(product0 >> 32) ^ x3 ^ k1, (uint)product0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        return new Words(x0, x1, x2, x3);
    }
}
