using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen;

/// <summary>
/// The layout of a register tile's operands. The tile walks over rows × columns × steps, and at each step multiplies some scalars, the
/// factors, by two adjacent vectors of eight lanes. Distances are in floats.
/// </summary>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns of each row.</param>
/// <param name="Steps">Steps of each column.</param>
internal readonly record struct TileWalk(nint Rows, nint Columns, nint Steps)
{
    /// <summary>From one row's factors to the next one's.</summary>
    public nint FactorRow { get; init; }

    /// <summary>From one column's factors to the next one's.</summary>
    public nint FactorColumn { get; init; }

    /// <summary>From one step's factors to the next one's.</summary>
    public nint FactorStep { get; init; }

    /// <summary>From one factor of a step to the next.</summary>
    public nint FactorGap { get; init; }

    /// <summary>From one row's vectors to the next one's.</summary>
    public nint VectorRow { get; init; }

    /// <summary>From one column's vectors to the next one's.</summary>
    public nint VectorColumn { get; init; }

    /// <summary>From one step's vectors to the next one's.</summary>
    public nint VectorStep { get; init; }

    /// <summary>From one factor's sums to the next one's.</summary>
    public nint SumOfFactor { get; init; }

    /// <summary>One factor of a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float Factor(ref float factors, int factor) => ref Unsafe.Add(ref factors, FactorGap * factor);

    /// <summary>The eight sums of one factor and one of the two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float Sum(ref float sums, int factor, int vector) =>
        ref Unsafe.Add(ref sums, SumOfFactor * factor + Vector256<float>.Count * vector);
}
