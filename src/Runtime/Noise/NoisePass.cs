using System.ComponentModel;

namespace NoiseGen.CompilerServices;

/// <summary>The noise of one pass over a batch: which realisation, and how strong at each site.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NoisePass
{
    internal NoisePass(NoiseKey key, float[] sigmas, int firstImage) => (Key, Sigmas, FirstImage) = (key, sigmas, firstImage);

    /// <summary>Whether the pass is one of a training step: norms take the batch's statistics, and backward follows.</summary>
    public bool IsTraining => !Key.Evaluation;

    internal NoiseKey Key { get; }

    internal float[] Sigmas { get; }

    internal int FirstImage { get; }
}
