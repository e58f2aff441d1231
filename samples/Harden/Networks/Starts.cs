using System.Numerics.Tensors;
using NoiseGen;

namespace Harden;

/// <summary>How the authors of arXiv 2501.14531 initialize some networks.</summary>
internal static class Starts
{
    private const float DenseDeviation = 0.01f;

    /// <summary>Their VGG_QAT: convolutions from N(0, 2 / fan_out), dense layers from N(0, 0.01²), biases 0.</summary>
    public static void NormalWithSmallDenseWeights(NeuralNetwork network)
    {
        network.DrawKaimingNormal();
        foreach (Stage stage in network.Stages.Where(stage => stage.Description.Linear is LinearDescription.Dense))
        {
            float drawn = MathF.Sqrt(2f / stage.Description.LinearOutput.Channels);
            TensorPrimitives.Multiply(stage.Weights.Values, DenseDeviation / drawn, stage.Weights.Values);
        }

        ClearBiases(network.Stages);
    }

    /// <summary>Their DenseNet: convolutions from N(0, 2 / fan_in); the last layer's weights as PyTorch draws them, its biases 0.</summary>
    public static void NormalConvolutions(NeuralNetwork network)
    {
        Stage[] layers = [.. network.Stages.Where(stage => stage.Description.Linear is LinearDescription.Dense)];
        float[][] dense = Array.ConvertAll(layers, stage => stage.Weights.Values.ToArray());
        network.DrawKaimingNormal();
        foreach ((Stage stage, float[] weights) in layers.Zip(dense)) weights.CopyTo(stage.Weights.Values);
        ClearBiases(layers);
        foreach (Stage stage in network.Stages.Where(stage => stage.Description.Linear is LinearDescription.Conv2d))
        {
            Window window = ((LinearDescription.Conv2d)stage.Description.Linear!).Window;
            int outputs = stage.Description.LinearOutput.Channels, fanIn = stage.Weights.Values.Length / outputs,
                fanOut = outputs * window.Height * window.Width;
            TensorPrimitives.Multiply(stage.Weights.Values, MathF.Sqrt((float)fanOut / fanIn), stage.Weights.Values);
        }
    }

    private static void ClearBiases(IEnumerable<Stage> stages)
    {
        foreach (Stage stage in stages.Where(stage => stage.Description.Biases is not null)) stage.Biases.Values.Clear();
    }
}
