using System.Runtime.InteropServices;
using NoiseGen.Storage;

namespace NoiseGen.Onnx.Scaffold;

/// <summary>Writes the weights of stages under the names that the network loads.</summary>
internal static class WeightsFile
{
    public static void Write(Stream stream, IEnumerable<StageDraft> stages, IReadOnlyDictionary<string, string> about)
    {
        (string Name, long[] Shape, float[] Values)[] tensors = [.. stages.SelectMany(Tensors)];
        List<TensorEntry> entries = [];
        long end = 0;
        foreach ((string name, long[] shape, float[] values) in tensors)
            entries.Add(new(name, TensorConversion.Native, shape, end, end += (long)values.Length * sizeof(float)));
        stream.Write(SafetensorsHeader.Write(entries, about));
        foreach ((_, _, float[] values) in tensors) stream.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    private static IEnumerable<(string Name, long[] Shape, float[] Values)> Tensors(StageDraft stage)
    {
        if (stage.Linear is { } linear)
        {
            yield return ($"{stage.Name}.weight", linear.Dimensions, linear.Weights);
            if (linear.Biases is { } biases) yield return ($"{stage.Name}.bias", [biases.Length], biases);
        }

        if (stage.Norm is not { } norm) yield break;
        string path = $"{stage.Name}{TensorModule.NormOf}";
        yield return ($"{path}.weight", [norm.Weights.Length], norm.Weights);
        yield return ($"{path}.bias", [norm.Biases.Length], norm.Biases);
        yield return ($"{path}.running_mean", [norm.Mean.Length], norm.Mean);
        yield return ($"{path}.running_var", [norm.Variance.Length], norm.Variance);
    }
}
