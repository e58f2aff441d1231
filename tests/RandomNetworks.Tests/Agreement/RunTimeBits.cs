using NoiseGen.Tests.RandomNetworks.Declarations;

namespace NoiseGen.Tests.RandomNetworks.Agreement;

/// <summary>Bits that quantizers get at run time, and learned scales that are held, whatever the declaration says.</summary>
internal static class RunTimeBits
{
    private const double Ideal = 0.25, Held = 0.3;

    /// <summary>Gives all quantizers of a network the bits that its model asks for.</summary>
    public static void Set(NetworkModel model, NeuralNetwork network)
    {
        if (model.BitsSeed is not { } seed) return;
        var random = new Random(seed);
        foreach (Stage stage in network.Stages)
        {
            if (stage.Description.WeightQuantizer is not null) stage.WeightQuantizer.Bits = Draw(random, least: 2);
            if (stage.Description.ActivationQuantizer is not { } quantizer) continue;
            stage.Quantizer.Bits = Draw(random, least: quantizer.Signed ? 2 : 1);
            if (quantizer.Learned is null || random.NextDouble() >= Held) continue;
            stage.Quantizer.IsLearned = false;
            stage.Quantizer.Scale = 0.2f;
        }
    }

    private static int Draw(Random random, int least) =>
        random.NextDouble() < Ideal ? 0 : Math.Max(least, PolicyDraw.Bits[random.Next(PolicyDraw.Bits.Length)]);
}
