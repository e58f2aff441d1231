using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NoiseGen.CompilerServices;

/// <summary>The noise of one pass over a batch: which realisation, and how strong at each site and for each image.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NoisePass
{
    private readonly ImageSigma? _perImage;

    internal NoisePass(NoiseKey key, NoiseStrength[] strengths, int firstImage, ImageSigma? perImage = null) =>
        (Key, Strengths, FirstImage, _perImage) = (key, strengths, firstImage, perImage);

    /// <summary>Whether the pass is one of a training step: norms take the batch's statistics, and backward follows.</summary>
    public bool IsTraining => !Key.Evaluation;

    internal NoiseKey Key { get; }

    internal NoiseStrength[] Strengths { get; }

    internal int FirstImage { get; init; }

    // Of an evaluation: how old the weights are, t / t₀.
    internal float DriftTime { get; init; }

    // The chip that holds the weights of stages with a device; null for ideal ones.
    internal ChipPass? Chip { get; init; }

    // Of a pass without noise that asks for the ranges of the sites' values; null for any other.
    internal Calibration? Calibration { get; init; }

    // A block's sigmas, one for each lane.
    internal void FillSigmas(float sigma, float scale, int image, ref float lanes)
    {
        for (int lane = 0; lane < LaneLayout.Lanes; lane++)
            Unsafe.Add(ref lanes, lane) = scale * (_perImage is null ? sigma : _perImage.Of(Key, image + lane, sigma));
    }
}

/// <summary>How strong the noise of a site is.</summary>
/// <param name="Sigma">The site's sigma.</param>
/// <param name="Scale">What it is multiplied by: units, repetitions, and the multiplicative share of combined noise.</param>
/// <param name="AdditiveScale">The same for the additive part of combined noise; 0 for other kinds.</param>
/// <param name="Pattern">The device's fixed pattern that it is; null where every image and step has samples of its own.</param>
internal readonly record struct NoiseStrength(float Sigma, float Scale = 1f, float AdditiveScale = 0f, FixedPattern? Pattern = null);
