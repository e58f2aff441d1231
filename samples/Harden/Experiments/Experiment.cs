using System.Collections.Immutable;
using Harden.Report;

namespace Harden.Experiments;

/// <summary>The papers' experiments.</summary>
internal enum ExperimentChoice
{
    /// <summary>Separate networks for each strength of the training noise (arXiv 2501.14531).</summary>
    NoisyTraining,

    /// <summary>Quantized training over the bits and the scale of the activation quantizers (arXiv 2501.14531).</summary>
    QatScales,

    /// <summary>One noisy site at a time, of networks trained clean and noisy (arXiv 2212.10430).</summary>
    WalkingNoise,

    /// <summary>Noise of the same strength for all images of a batch, compared with a strength per image (arXiv 2503.16183).</summary>
    VarianceAware,
}

/// <summary>An experiment and its grid.</summary>
/// <param name="Choice">The experiment.</param>
/// <param name="Sigmas">Strengths of the training noise.</param>
/// <param name="Bits">Bits of weights and activations.</param>
/// <param name="Scales">Scales of the activation quantizers; <see cref="Cell.Learned"/> for a learned one.</param>
/// <param name="Seeds">Networks per cell of the grid, with consecutive seeds from --seed.</param>
internal sealed record ExperimentSettings(
    ExperimentChoice Choice, ImmutableArray<float> Sigmas, ImmutableArray<int> Bits, ImmutableArray<float> Scales, int Seeds);

/// <summary>One network of an experiment's grid.</summary>
/// <param name="Variant">How it is trained.</param>
/// <param name="Sigma">Strength of its training noise.</param>
/// <param name="Bits">Bits of its weights and activations; 0 if they are not quantized.</param>
/// <param name="Scale">Scale of its activation quantizers; <see cref="Learned"/> for a learned one.</param>
/// <param name="Seed">Its seed.</param>
internal sealed record Cell(string Variant, float Sigma, int Bits, float Scale, ulong Seed)
{
    /// <summary>The value that stands for a learned scale of activation quantizers.</summary>
    public const float Learned = Rounding.Learned;

    public const string Clean = "clean", Noisy = "noisy", Quantized = "quantized", Aware = "variance-aware";

    /// <summary>What distinguishes it from the other networks; what does not apply is left out.</summary>
    public override string ToString()
    {
        string sigma = Sigma > 0f ? $" σ {Numbers.Sigma(Sigma)}" : "";
        string quantizer = Bits == 0
            ? "" : FormattableString.Invariant($" {Bits} bits, scale {(Scale == Learned ? "learned" : Numbers.Exact(Scale))}");
        return FormattableString.Invariant($"{Variant}{sigma}{quantizer}, seed {Seed}");
    }

    /// <summary>The cells of an experiment, in the order in which they are trained.</summary>
    public static IEnumerable<Cell> Of(ExperimentSettings experiment, ulong firstSeed)
    {
        for (int i = 0; i < experiment.Seeds; i++)
        {
            ulong seed = unchecked(firstSeed + (ulong)i); // the last one is followed by 0
            foreach ((string variant, float sigma, int bits, float scale) in Kinds(experiment))
                yield return new Cell(variant, sigma, bits, scale, seed);
        }
    }

    private static IEnumerable<(string Variant, float Sigma, int Bits, float Scale)> Kinds(ExperimentSettings experiment)
    {
        yield return (Clean, 0f, 0, 0f);
        switch (experiment.Choice)
        {
            case ExperimentChoice.QatScales:
                foreach (int bits in experiment.Bits)
                {
                    foreach (float scale in experiment.Scales) yield return (Quantized, 0f, bits, scale);
                }

                break;
            case ExperimentChoice.VarianceAware:
                foreach (float sigma in experiment.Sigmas)
                {
                    yield return (Noisy, sigma, 0, 0f);
                    yield return (Aware, sigma, 0, 0f);
                }

                break;
            default:
                foreach (float sigma in experiment.Sigmas) yield return (Noisy, sigma, 0, 0f);
                break;
        }
    }
}
