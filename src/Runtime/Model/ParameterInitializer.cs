using System.Runtime.CompilerServices;
using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>Draws a network's initial parameters.</summary>
internal static class ParameterInitializer
{
    /// <summary>
    /// Kaiming-uniform with a = √5, PyTorch's default for convolutions and dense layers: weights and biases alike are uniform in
    /// ±1/√fan_in.
    /// </summary>
    public static void KaimingUniform(NetworkDescription description, Arena parameters, ulong seed)
    {
        uint number = 0;
        foreach (StageDescription stage in description.Stages)
        {
            if (stage.Weights is null) continue;
            int fanIn = stage.Weights.Count / stage.LinearOutput.Channels;
            float bound = 1f / MathF.Sqrt(fanIn);
            foreach (ParameterDescription parameter in new[] { stage.Weights, stage.Biases }.OfType<ParameterDescription>())
                Uniform(parameters.Span(parameter.Offset, parameter.Count), bound, number++, seed);
        }
    }

    /// <summary>
    /// Weights from N(0, 2 / fan_out), where fan_out counts the outputs that a channel of an ungrouped input would reach:
    /// PyTorch's definition.
    /// </summary>
    public static void KaimingNormal(NetworkDescription description, Arena parameters, ulong seed)
    {
        uint number = 0;
        foreach (StageDescription stage in description.Stages)
        {
            if (stage.Weights is null) continue;
            int kernel = stage.Linear is LinearDescription.Conv2d { Window: var window } ? window.Height * window.Width : 1;
            float deviation = MathF.Sqrt(2f / (stage.LinearOutput.Channels * kernel));
            Span<float> values = parameters.Span(stage.Weights.Offset, stage.Weights.Count);
            for (int first = 0; first < values.Length; first += 4)
            {
                Philox.Words words = Philox.Generate(new Philox.Words((uint)first / 4, number, 1, StreamWord.Parameters), seed);
                for (int i = first; i < Math.Min(first + 4, values.Length); i++)
                    values[i] = deviation * GaussianTransform.Sample(words[i - first]);
            }

            number++;
        }
    }

    /// <summary>Norms start as the identity of standardised values: scales 1, shifts 0, running means 0, running variances 1.</summary>
    public static void Norms(NetworkDescription description, Arena parameters, Arena statistics)
    {
        foreach (BatchNormDescription norm in description.Stages.Select(stage => stage.Norm).OfType<BatchNormDescription>())
        {
            parameters.Span(norm.Weights.Offset, norm.Weights.Count).Fill(1f);
            statistics.Span(norm.RunningVariance.Offset, norm.RunningVariance.Count).Fill(1f);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Uniform(Span<float> values, float bound, uint number, ulong seed)
    {
        // One counter gives four words, for four values.
        for (int first = 0; first < values.Length; first += 4)
        {
            Philox.Words words = Philox.Generate(new Philox.Words((uint)first / 4, number, 0, StreamWord.Parameters), seed);
            for (int i = first; i < Math.Min(first + 4, values.Length); i++)
                values[i] = ((words[i - first] >> 8) * (1f / (1 << 23)) - 1f) * bound; // 24 bits make an exact float in [−1, 1)
        }
    }
}
