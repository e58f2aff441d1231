using NoiseGen;

namespace Harden;

/// <summary>
/// The settings of a network's quantizers. They are part of every network here, with learned scales:
/// without bits they have no effect, and held scales are constant.
/// </summary>
/// <param name="Bits">Bits of weights and activations; 0 for none.</param>
/// <param name="Scale">Scale c of the activations; <see cref="Learned"/> for learned scales.</param>
internal readonly record struct Rounding(int Bits, float Scale)
{
    /// <summary>The value that stands for a learned scale of activation quantizers.</summary>
    public const float Learned = 0f;

    /// <summary>Floating point.</summary>
    public static Rounding None => new(0, Learned);

    /// <summary>Sets all quantizers of a network that has not been trained yet.</summary>
    public void Apply(NeuralNetwork network)
    {
        foreach (Stage stage in network.Stages)
        {
            if (stage.Description.WeightQuantizer is not null) stage.WeightQuantizer.Bits = Bits;
            if (stage.Description.ActivationQuantizer is null) continue;
            stage.Quantizer.Bits = Bits;
            stage.Quantizer.IsLearned = Bits > 0 && Scale == Learned;
            if (Bits > 0 && Scale != Learned) stage.Quantizer.Scale = Scale;
        }
    }
}
