using NoiseGen.CompilerServices;
using NoiseGen.Tests.Agreement;
using NoiseGen.Tests.Declared;

namespace NoiseGen.Tests;

/// <summary>The logits of every declared network, as ONNX Runtime computes them from its file.</summary>
public class EvaluationTests
{
    public static TheoryData<string> Names => [.. DeclaredNetworks.Names, nameof(SingleOutput)];

    // Images stay away from the quantizers' boundaries, where a float's last bit would become a whole step.
    [Theory]
    [MemberData(nameof(Names))]
    public void LogitsAgree(string name)
    {
        using var twin = new Twin(name, batchSize: 16);
        twin.Network.Noise.SetEvaluationSigma(0f);
        twin.CopySettings();
        twin.Synchronize();
        using OnnxModel model = OnnxModel.Of(twin.Network);
        foreach (int count in new[] { 1, 19 })
        {
            float[] images =
                [.. twin.DrawImages(count, new NoiseKey(0, 0, Evaluation: true)).SelectMany(image => image).Select(value => (float)value)];
            AssertLogits.Agree(twin.Network, model, images);
        }
    }
}
