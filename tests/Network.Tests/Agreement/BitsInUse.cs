namespace NoiseGen.Tests.Agreement;

/// <summary>A description whose declared bits are those that the network's quantizers have now: what the oracle interprets.</summary>
internal static class BitsInUse
{
    public static NetworkDescription Of(NeuralNetwork network) => network.Description with { Stages = [.. network.Stages.Select(Of)] };

    private static StageDescription Of(Stage stage)
    {
        StageDescription description = stage.Description;
        if (description.WeightQuantizer is { } weights)
            description = description with { WeightQuantizer = weights with { Bits = stage.WeightQuantizer.Bits } };
        if (description.ActivationQuantizer is { } activations)
            description = description with { ActivationQuantizer = activations with { Bits = stage.Quantizer.Bits } };
        return description;
    }
}
