using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen.CompilerServices;

/// <content>The same draws, eight images at a time, for processors without AVX-512.</content>
public readonly ref partial struct RangeNoiseLanes
{
    /// <summary>As <see cref="NoiseLanes.NarrowSigma"/>.</summary>
    /// <param name="quarter">0 for the block's first eight images … 3 for the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> NarrowSigma(nint quarter) => Noise.NarrowSigma(quarter);

    /// <summary>As the method of the same name in <see cref="NoiseLanes"/>.</summary>
    /// <param name="group">Number of the group in the site.</param>
    /// <param name="quarter">0 for the block's first eight images … 3 for the last.</param>
    /// <param name="sample0">Samples of the group's first element.</param>
    /// <param name="sample1">The same for the second element.</param>
    /// <param name="sample2">The same for the third element.</param>
    /// <param name="sample3">The same for the fourth element.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Next(
        nint group, nint quarter, out Vector256<float> sample0, out Vector256<float> sample1, out Vector256<float> sample2,
        out Vector256<float> sample3) =>
        Noise.Next(group, quarter, out sample0, out sample1, out sample2, out sample3);

    /// <summary>Measures the values of a group for eight images, where the site <see cref="Measures"/>.</summary>
    /// <param name="quarter">0 for the block's first eight images … 3 for the last.</param>
    /// <param name="elements">Number of elements from here to the end of the row, at least 1: that many of the four values are
    /// valid.</param>
    /// <param name="value0">Values of the group's first element.</param>
    /// <param name="value1">The same for the second element.</param>
    /// <param name="value2">The same for the third element.</param>
    /// <param name="value3">The same for the fourth element.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Measure(
        nint quarter, nint elements, Vector256<float> value0, Vector256<float> value1, Vector256<float> value2, Vector256<float> value3)
    {
        ref float largest = ref Unsafe.Add(ref _largest, quarter * 8);
        Vector256<float> most = Vector256.Max(Vector256.LoadUnsafe(ref largest), Vector256.Abs(value0));
        if (elements > 1) most = Vector256.Max(most, Vector256.Abs(value1));
        if (elements > 2) most = Vector256.Max(most, Vector256.Abs(value2));
        if (elements > 3) most = Vector256.Max(most, Vector256.Abs(value3));
        most.StoreUnsafe(ref largest);
    }
}
