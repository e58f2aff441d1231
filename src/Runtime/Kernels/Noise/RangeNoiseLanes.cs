using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen.CompilerServices;

/// <summary>
/// The noise of one site whose sigma is in units of its range, for one block of images: the counterpart of <see cref="NoiseLanes"/>. During
/// calibration it measures the values instead of adding noise.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref partial struct RangeNoiseLanes
{
    /// <summary>The samples, if there is noise.</summary>
    public readonly NoiseLanes Noise;

    /// <summary>Whether the pass measures the range of the values; such a pass has no noise.</summary>
    public readonly bool Measures;

    private readonly ref float _largest;

    /// <param name="pass">Realisation and strengths.</param>
    /// <param name="site">Index of the site.</param>
    /// <param name="image">Number of the block's first image.</param>
    /// <param name="workspace"><see cref="NoiseLanes.Workspace"/> floats, aligned to 64 bytes.</param>
    public RangeNoiseLanes(in NoisePass pass, int site, int image, ref float workspace)
    {
        if (pass.Calibration is { } calibration)
        {
            Measures = true;
            _largest = ref calibration.Largest(site, image - pass.FirstImage);
            return;
        }

        Noise = new NoiseLanes(pass, site, image, ref workspace);
    }

    /// <summary>Whether the site has noise.</summary>
    public bool Active
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Noise.Active;
    }

    /// <summary>As <see cref="NoiseLanes.Sigma"/>.</summary>
    /// <param name="half">0 for the block's first sixteen images, 1 for the second sixteen.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Sigma(nint half) => Noise.Sigma(half);

    /// <summary>As <c>NoiseLanes.Next</c>.</summary>
    /// <param name="group">Number of the group in the site.</param>
    /// <param name="half">0 for the block's first sixteen images, 1 for the second sixteen.</param>
    /// <param name="sample0">Samples of the group's first element.</param>
    /// <param name="sample1">The same for the second element.</param>
    /// <param name="sample2">The same for the third element.</param>
    /// <param name="sample3">The same for the fourth element.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Next(
        nint group, nint half, out Vector512<float> sample0, out Vector512<float> sample1, out Vector512<float> sample2,
        out Vector512<float> sample3) =>
        Noise.Next(group, half, out sample0, out sample1, out sample2, out sample3);

    /// <summary>Measures the values of a group for sixteen images, where the site <see cref="Measures"/>.</summary>
    /// <param name="half">0 for the block's first sixteen images, 1 for the second sixteen.</param>
    /// <param name="elements">Number of elements from here to the end of the row, at least 1: that many of the four values are
    /// valid.</param>
    /// <param name="value0">Values of the group's first element.</param>
    /// <param name="value1">The same for the second element.</param>
    /// <param name="value2">The same for the third element.</param>
    /// <param name="value3">The same for the fourth element.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Measure(
        nint half, nint elements, Vector512<float> value0, Vector512<float> value1, Vector512<float> value2, Vector512<float> value3)
    {
        ref float largest = ref Unsafe.Add(ref _largest, half * 16);
        Vector512<float> most = Vector512.Max(Vector512.LoadUnsafe(ref largest), Vector512.Abs(value0));
        if (elements > 1) most = Vector512.Max(most, Vector512.Abs(value1));
        if (elements > 2) most = Vector512.Max(most, Vector512.Abs(value2));
        if (elements > 3) most = Vector512.Max(most, Vector512.Abs(value3));
        most.StoreUnsafe(ref largest);
    }
}
