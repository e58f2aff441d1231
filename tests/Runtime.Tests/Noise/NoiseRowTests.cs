using NoiseGen.CompilerServices;

namespace NoiseGen.Runtime.Tests.Noise;

/// <summary>Generated loops draw the same samples as the definition.</summary>
public class NoiseRowTests
{
    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(2, 3, true)]
    [InlineData(3, 5, false)]
    [InlineData(4, 1, true)]
    [InlineData(7, 6, false)]
    public void EveryLaneGetsItsOwnSample(int width, int channels, bool evaluation)
    {
        const int site = 3, firstImage = 64, rows = 2;
        var key = new NoiseKey(0x123456789ABCDEF0, 77, evaluation);
        var shape = new Shape(channels, rows, width);
        int elements = width * channels, groups = (elements + 3) / 4;
        var values = new Arena(rows * elements * 32);
        var noise = new NoiseLanes(
            new NoisePass(key, [default, default, default, new(1f)], 0), site, firstImage, ref new Arena(NoiseLanes.Workspace).At(0));
        for (int row = 0; row < rows; row++) NoiseRow.Apply<Additive>(ref values.At(row * elements * 32), elements, row * groups, noise);

        for (int row = 0; row < rows; row++)
        {
            for (int element = 0; element < elements; element++)
            {
                for (int lane = 0; lane < 32; lane++)
                {
                    float expected = GaussianNoise.Sample(key, site, firstImage + lane, shape, element % channels, row, element / channels);
                    Assert.Equal(expected, values.At((row * elements + element) * 32 + lane));
                }
            }
        }
    }

    [Fact]
    public void SigmaScalesTheSamplesAndZeroLeavesTheValues()
    {
        var key = new NoiseKey(5, 0, false);
        var values = new Arena(4 * 32);
        values.Span(0, 4 * 32).Fill(2f);
        ref float workspace = ref new Arena(NoiseLanes.Workspace).At(0);
        NoiseRow.Apply<Additive>(ref values.At(0), 4, 0, new NoiseLanes(new NoisePass(key, [default], 0), 0, 0, ref workspace));
        Assert.All(values.Span(0, 4 * 32).ToArray(), value => Assert.Equal(2f, value));

        NoiseRow.Apply<Additive>(ref values.At(0), 4, 0, new NoiseLanes(new NoisePass(key, [new(0.5f)], 0), 0, 0, ref workspace));
        Assert.Equal(MathF.FusedMultiplyAdd(GaussianNoise.Sample(key, 0, 9, new Shape(4), 2, 0, 0), 0.5f, 2f), values.At(2 * 32 + 9));
    }
}
