using NoiseGen.CompilerServices;

namespace NoiseGen.Runtime.Tests.Tiles;

/// <summary>A dense layer for narrow registers adds the same products in the same order as a scalar loop.</summary>
public class NarrowMatrixTests
{
    private const int Lanes = LaneLayout.Lanes;

    // Less than one part of the inputs, whole parts, and more; channels that are not a multiple of six.
    [Theory]
    [InlineData(12, 128)]
    [InlineData(7, 150)]
    [InlineData(1, 300)]
    [InlineData(20, 5)]
    public void WeightsMayLieInRowsOrColumns(int channels, int inputs)
    {
        float[] source = Numbers(1, inputs * Lanes), matrix = Numbers(2, channels * inputs), biases = Numbers(3, channels);
        float[] transposed = [.. Enumerable.Range(0, matrix.Length).Select(i => matrix[i % channels * inputs + i / channels])];
        float[] expected = Expected(source, matrix, channels, inputs, channel => biases[channel]);

        var target = new float[expected.Length];
        NarrowMatrix.BiasedProduct(
            ref biases[0], ref source[0], ref matrix[0], ref target[0], channels, inputs, channelStride: inputs, inputStride: 1);
        Assert.Equal(expected, target);

        Array.Clear(target);
        NarrowMatrix.BiasedProduct(
            ref biases[0], ref source[0], ref transposed[0], ref target[0], channels, inputs, channelStride: 1, inputStride: channels);
        Assert.Equal(expected, target);
    }

    [Fact]
    public void SumsMayStartFromZeroOrTheTarget()
    {
        const int Channels = 5, Inputs = 9;
        float[] source = Numbers(1, Inputs * Lanes), matrix = Numbers(2, Channels * Inputs);
        float[] target = Numbers(3, Channels * Lanes);
        NarrowMatrix.Product(ref source[0], ref matrix[0], ref target[0], Channels, Inputs, channelStride: Inputs, inputStride: 1);
        Assert.Equal(Expected(source, matrix, Channels, Inputs, _ => 0f), target);

        Array.Fill(target, 0.25f);
        NarrowMatrix.AddProduct(ref source[0], ref matrix[0], ref target[0], Channels, Inputs, channelStride: Inputs, inputStride: 1);
        Assert.Equal(Expected(source, matrix, Channels, Inputs, _ => 0.25f), target);
    }

    private static float[] Expected(float[] source, float[] matrix, int channels, int inputs, Func<int, float> start)
    {
        var sums = new float[channels * Lanes];
        for (int channel = 0; channel < channels; channel++)
        {
            for (int image = 0; image < Lanes; image++)
            {
                ref float sum = ref sums[channel * Lanes + image];
                sum = start(channel);
                for (int i = 0; i < inputs; i++) sum = MathF.FusedMultiplyAdd(matrix[channel * inputs + i], source[i * Lanes + image], sum);
            }
        }

        return sums;
    }

    private static float[] Numbers(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }
}
