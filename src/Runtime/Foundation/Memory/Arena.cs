using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NoiseGen.CompilerServices;

/// <summary>
/// A fixed piece of memory for floats, aligned to a cache line and initially zero. It lies on the pinned object heap: it never moves, costs
/// nothing to collect, and a span into it keeps it alive, so that no misuse can reach freed memory.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Arena
{
    private const int AlignmentInFloats = 16; // 64 bytes: a cache line and a Vector512

    /// <summary>The largest length, in floats: that of an array, less the padding for alignment.</summary>
    public static int MaxLength => Array.MaxLength - AlignmentInFloats;

    private readonly float[] _memory;
    private readonly int _start;

    /// <param name="length">Length in floats.</param>
    public Arena(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _memory = GC.AllocateArray<float>(length + AlignmentInFloats, pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0);
        _start = (int)(-(address / sizeof(float)) & (AlignmentInFloats - 1));
        Length = length;
    }

    /// <summary>Length in floats.</summary>
    public int Length { get; }

    /// <summary>The element at an offset. Unchecked: for generated code, whose offsets are planned at compile time.</summary>
    /// <param name="offset">0 … <see cref="Length"/> − 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float At(nint offset) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_memory), _start + offset);

    /// <summary>A checked view.</summary>
    /// <param name="offset">Where it starts, in floats.</param>
    /// <param name="length">Its length, in floats.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is not inside the arena.</exception>
    public Span<float> Span(int offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)offset, (uint)Length, nameof(offset));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)(Length - offset), nameof(length));
        return _memory.AsSpan(_start + offset, length);
    }
}
