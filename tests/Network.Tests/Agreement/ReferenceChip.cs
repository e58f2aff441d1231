using NoiseGen.Tests.Reference;

namespace NoiseGen.Tests.Agreement;

/// <summary>Lets the oracle compute with the weights of the network's chips.</summary>
internal static class ReferenceChip
{
    /// <summary>Puts a network on chips, in evaluation and in training, and the oracle with it.</summary>
    /// <param name="twin">Both, of a network with memory devices.</param>
    /// <param name="seed">Decides which chip, and how old it is.</param>
    public static void Share(Twin twin, int seed)
    {
        var random = new Random(seed);
        NeuralNetwork network = twin.Network;
        (network.Chip, network.TrainsOnChips) = ((uint)random.Next(100), true);
        network.Age = TimeSpan.FromSeconds(Math.Exp(random.NextDouble() * 17));
        (network.StuckOff, network.StuckOn) = (0.02f, 0.01f);
        Follow(twin);
    }

    /// <summary>The oracle programs, ages and reads whatever the network's settings ask for at the time of a pass.</summary>
    /// <param name="twin">Both.</param>
    /// <param name="kept">Keeps what a layer's cells held at first, whatever the settings become; null to follow them.</param>
    public static void Follow(Twin twin, Dictionary<LinearOperation, double[]>? kept = null)
    {
        Stage[] stages = [.. twin.Network.Stages.Where(stage => stage.Description.Linear is not null)];
        foreach ((LinearOperation layer, Stage stage) in twin.Reference.Layers.Zip(stages))
        {
            if (stage.Description.Device is null) continue;
            var cells = new ReferenceCells(stage, twin.Network.Stages.Index().First(one => one.Item == stage).Index, twin.Network);
            double[] clean = [], programmed = [];
            layer.Noise = (key, i) =>
            {
                if (i == 0)
                {
                    clean = layer.Quantizer?.Forward(layer.Weights) ?? layer.Weights;
                    programmed = kept?.GetValueOrDefault(layer) ?? cells.Weights(clean, key);
                    kept?.TryAdd(layer, programmed);
                }

                return programmed[i] - clean[i];
            };
        }
    }
}
