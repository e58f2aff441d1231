using NoiseGen.CompilerServices;

namespace NoiseGen.Runtime.Tests.Quantization;

public class WeightQuantizationTests
{
    // The scale of a tensor with all weights below 1e-10 is that of a tensor whose largest weight is 1e-10:
    // 1e-10 / 7 at four bits; 3e-11 is 2.1 times that.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheScaleHasAFloor(bool perChannel)
    {
        var quantization = new WeightQuantization(new(new(Bits: 4, perChannel), "Conv1"), outputs: 2, inputs: 3);
        float[] weights = [0f, 0f, 0f, 3e-11f, -3e-11f, 0.5e-11f];
        quantization.Measure(weights, 0, 2);
        quantization.Quantize(weights, 0, 2);

        const float Step = 1e-10f / 7f;
        Assert.Equal([Step, Step], quantization.Scales.ToArray());
        Assert.Equal([0f, 0f, 0f, 2f * Step, -2f * Step, 0f], quantization.Values.Span(0, 6).ToArray());
    }

    [Fact]
    public void AnOutputOfZerosLeavesTheOthersScalesAlone()
    {
        var quantization = new WeightQuantization(new(new(Bits: 4, PerChannel: true), "Conv1"), outputs: 2, inputs: 3);
        float[] weights = [0f, 0f, 0f, 7f, -2.4f, 1f];
        quantization.Measure(weights, 0, 2);
        quantization.Quantize(weights, 0, 2);
        Assert.Equal([0f, 0f, 0f, 7f, -2f, 1f], quantization.Values.Span(0, 6).ToArray());

        float[] gradients = [1f, 1f, 1f, 1f, 1f, 1f];
        quantization.SumScaleGradients(weights, gradients, 0, 2);
        quantization.AddScaleGradients(weights, gradients);

        // The first output's weights have no sign to pass on the scale's gradient; the second's largest weight receives (0.4 − 0 + 0) / 7.
        Assert.Equal([1f, 1f, 1f], gradients[..3]);
        Assert.Equal(1f + 0.4f / 7f, gradients[3], 1e-6f);
    }
}
