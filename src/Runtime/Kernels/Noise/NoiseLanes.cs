using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NoiseGen.CompilerServices;

/// <summary>
/// The noise of one site for one block of images. Generated loops draw their samples from it. Every sample equals
/// <see cref="GaussianNoise.Sample"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct NoiseLanes
{
    /// <summary>Size of the workspace that an instance needs, in floats.</summary>
    public const int Workspace = PhiloxLanes.Workspace + 32;

    private readonly PhiloxLanes _random;
    private readonly ref float _table;
    private readonly ref float _sigmas;

    // The samples of a device's fixed pattern; null if every image and step has its own samples.
    private readonly ref float _pattern;

    /// <summary>Whether the site has noise.</summary>
    public readonly bool Active;

    /// <param name="pass">Realisation and strengths.</param>
    /// <param name="site">Index of the site.</param>
    /// <param name="image">Number of the block's first image.</param>
    /// <param name="workspace"><see cref="Workspace"/> floats, aligned to 64 bytes.</param>
    public NoiseLanes(in NoisePass pass, int site, int image, ref float workspace)
    {
        NoiseStrength strength = pass.Strengths[site];
        if (strength.Sigma == 0f) return;
        this = new NoiseLanes(
            pass, strength.Sigma, strength.Scale, strength.Pattern?.Samples, GaussianNoise.SiteWord(pass.Key, site), image, ref workspace);
    }

    internal NoiseLanes(in NoisePass pass, float sigma, float scale, float[]? pattern, uint stream, int image, ref float workspace)
    {
        Active = true;
        _table = ref GaussianTransform.Table;
        if (pattern is null) _random = new PhiloxLanes(pass.Key, stream, image, ref workspace);
        else _pattern = ref MemoryMarshal.GetArrayDataReference(pattern);
        _sigmas = ref Unsafe.Add(ref workspace, PhiloxLanes.Workspace);
        pass.FillSigmas(sigma, scale, image, ref _sigmas);
    }

    /// <summary>The standard deviations for sixteen images, if the site is <see cref="Active"/>.</summary>
    /// <param name="half">0 for the block's first sixteen images, 1 for the second sixteen.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Sigma(nint half) => Vector512.LoadUnsafe(ref _sigmas, (nuint)half * 16);

    /// <summary>Draws the samples of the four elements of a group for sixteen images.</summary>
    /// <param name="group">Number of the group in the site.</param>
    /// <param name="half">0 for the block's first sixteen images, 1 for the second sixteen.</param>
    /// <param name="sample0">Samples of the group's first element.</param>
    /// <param name="sample1">The same for the second element.</param>
    /// <param name="sample2">The same for the third element.</param>
    /// <param name="sample3">The same for the fourth element.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Next(
        nint group, nint half, out Vector512<float> sample0, out Vector512<float> sample1, out Vector512<float> sample2,
        out Vector512<float> sample3)
    {
        if (!Unsafe.IsNullRef(ref _pattern))
        {
            ref float pattern = ref Unsafe.Add(ref _pattern, group * 4);
            sample0 = Vector512.Create(pattern);
            sample1 = Vector512.Create(Unsafe.Add(ref pattern, 1));
            sample2 = Vector512.Create(Unsafe.Add(ref pattern, 2));
            sample3 = Vector512.Create(Unsafe.Add(ref pattern, 3));
            return;
        }

        _random.Next(
            group, half, out Vector512<uint> bits0, out Vector512<uint> bits1, out Vector512<uint> bits2, out Vector512<uint> bits3);
        sample0 = GaussianTransform.Sample(bits0, ref _table);
        sample1 = GaussianTransform.Sample(bits1, ref _table);
        sample2 = GaussianTransform.Sample(bits2, ref _table);
        sample3 = GaussianTransform.Sample(bits3, ref _table);
    }

    /// <summary>The standard deviations for eight images, if the site is <see cref="Active"/>.</summary>
    /// <param name="quarter">0 for the block's first eight images … 3 for the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> NarrowSigma(nint quarter) => Vector256.LoadUnsafe(ref _sigmas, (nuint)quarter * 8);

    /// <summary>Draws the samples of the four elements of a group for eight images.</summary>
    /// <param name="group">Number of the group in the site.</param>
    /// <param name="quarter">0 for the block's first eight images … 3 for the last.</param>
    /// <param name="sample0">Samples of the group's first element.</param>
    /// <param name="sample1">The same for the second element.</param>
    /// <param name="sample2">The same for the third element.</param>
    /// <param name="sample3">The same for the fourth element.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Next(
        nint group, nint quarter, out Vector256<float> sample0, out Vector256<float> sample1, out Vector256<float> sample2,
        out Vector256<float> sample3)
    {
        if (!Unsafe.IsNullRef(ref _pattern))
        {
            ref float pattern = ref Unsafe.Add(ref _pattern, group * 4);
            sample0 = Vector256.Create(pattern);
            sample1 = Vector256.Create(Unsafe.Add(ref pattern, 1));
            sample2 = Vector256.Create(Unsafe.Add(ref pattern, 2));
            sample3 = Vector256.Create(Unsafe.Add(ref pattern, 3));
            return;
        }

        _random.Next(
            group, quarter, out Vector256<uint> bits0, out Vector256<uint> bits1, out Vector256<uint> bits2, out Vector256<uint> bits3);
        GaussianTransform.Sample(bits0, bits1, bits2, bits3, out sample0, out sample1, out sample2, out sample3);
    }
}
