using System.ComponentModel;
using System.Runtime.Intrinsics;

namespace NoiseGen.CompilerServices;

/// <summary>Sums the gradients that reach a stage from several others.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LaneAdd
{
    /// <summary>Adds vectors to target vectors, in place.</summary>
    /// <param name="target">The vectors added to.</param>
    /// <param name="values">The same number of vectors.</param>
    /// <param name="vectors">Number of vectors.</param>
    public static void Add(ref float target, ref float values, nint vectors)
    {
        for (nuint i = 0; i < (nuint)vectors * 16; i += 16)
            (Vector512.LoadUnsafe(ref target, i) + Vector512.LoadUnsafe(ref values, i)).StoreUnsafe(ref target, i);
    }
}
