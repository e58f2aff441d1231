using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NoiseGen.CompilerServices;

/// <summary>The noise of one pass over a batch: its realisation, and its strength at each site and for each image.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NoisePass
{
    private readonly ImageSigma? _perImage;

    internal NoisePass(NoiseKey key, NoiseStrength[] strengths, int firstImage, ImageSigma? perImage = null) =>
        (Key, Strengths, FirstImage, _perImage) = (key, strengths, firstImage, perImage);

    /// <summary>Whether the pass belongs to a training step: norms use the batch's statistics, and a backward pass follows.</summary>
    public bool IsTraining => !Key.Evaluation;

    internal NoiseKey Key { get; }

    internal NoiseStrength[] Strengths { get; }

    internal int FirstImage { get; init; }

    // In evaluation: the age of the weights, t / t₀.
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

/// <summary>The noise strength of a site.</summary>
/// <param name="Sigma">The site's sigma.</param>
/// <param name="Scale">The factor of sigma: units, repetitions, and the multiplicative share of combined noise.</param>
/// <param name="AdditiveScale">The same for the additive part of combined noise; 0 for other kinds.</param>
/// <param name="Pattern">The device's fixed pattern; null if every image and step has its own samples.</param>
internal readonly record struct NoiseStrength(float Sigma, float Scale = 1f, float AdditiveScale = 0f, FixedPattern? Pattern = null);
