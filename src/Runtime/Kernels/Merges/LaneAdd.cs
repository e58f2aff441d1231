using System.ComponentModel;
using System.Runtime.Intrinsics;

namespace NoiseGen.CompilerServices;

/// <summary>Sums of gradients that reach a stage from several others.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LaneAdd
{
    /// <summary>Adds vectors to others, in place.</summary>
    /// <param name="target">The vectors added to.</param>
    /// <param name="values">As many vectors.</param>
    /// <param name="vectors">Number of vectors.</param>
    public static void Add(ref float target, ref float values, nint vectors)
    {
        for (nuint i = 0; i < (nuint)vectors * 16; i += 16)
            (Vector512.LoadUnsafe(ref target, i) + Vector512.LoadUnsafe(ref values, i)).StoreUnsafe(ref target, i);
    }
}
