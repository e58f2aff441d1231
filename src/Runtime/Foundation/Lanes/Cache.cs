using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NoiseGen;

/// <summary>Hints to the processor's caches.</summary>
internal static class Cache
{
    /// <summary>Prefetches a line into the first-level cache; any address is allowed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Fetch(ref float line)
    {
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref line));
    }
}
