using System.Numerics.Tensors;
using NoiseGen.CompilerServices;
using static NoiseGen.LaneLayout;

namespace NoiseGen;

/// <summary>
/// The largest magnitudes that a pass over the data has found at each noise site: for each lane of each block, which belongs to one thread
/// at a time, and then over all of them.
/// </summary>
/// <param name="sites">Noise sites of the network.</param>
/// <param name="blocks">The largest number of blocks in a batch.</param>
internal sealed class Calibration(int sites, int blocks)
{
    private readonly Arena _lanes = new(sites * blocks * Lanes);
    private readonly float[] _ranges = new float[sites];

    /// <summary>The largest magnitude at a site in the batches so far; infinite or NaN if a value was.</summary>
    public float Range(int site) => _ranges[site];

    /// <summary>The largest magnitudes in the current batch, one for each lane of a block.</summary>
    /// <param name="site">Index of the site.</param>
    /// <param name="image">The block's first image, from 0 in the batch.</param>
    public ref float Largest(int site, int image) => ref _lanes.At(Offset(site, image / Lanes));

    /// <summary>Merges the magnitudes of a batch. Lanes past its last image are ignored.</summary>
    /// <param name="images">Images of the batch.</param>
    public void EndBatch(int images)
    {
        for (int site = 0; site < sites; site++)
        {
            Span<float> lanes = _lanes.Span(Offset(site, 0), blocks * Lanes);
            _ranges[site] = MathF.Max(_ranges[site], TensorPrimitives.Max<float>(lanes[..images]));
            lanes.Clear();
        }
    }

    private int Offset(int site, int block) => (site * blocks + block) * Lanes;
}
