using System.ComponentModel;
using System.Runtime.Intrinsics;

namespace NoiseGen.CompilerServices;

/// <summary>The gradient of an activation that is not a ReLU.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LaneSlope
{
    /// <summary>Multiplies gradients by the activation's derivatives, in place.</summary>
    /// <param name="gradients">The vectors.</param>
    /// <param name="slopes">The derivatives, one vector for each vector of gradients.</param>
    /// <param name="vectors">Number of vectors.</param>
    public static void Apply(ref float gradients, ref float slopes, nint vectors)
    {
        for (nuint i = 0; i < (nuint)vectors * 16; i += 16)
            (Vector512.LoadUnsafe(ref gradients, i) * Vector512.LoadUnsafe(ref slopes, i)).StoreUnsafe(ref gradients, i);
    }
}
