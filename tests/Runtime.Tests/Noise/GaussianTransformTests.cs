using System.Runtime.Intrinsics;
using NoiseGen.CompilerServices;

namespace NoiseGen.Runtime.Tests.Noise;

public class GaussianTransformTests
{
    private const double LargestError = 5e-5; // in σ; the transform's documentation says 3.6e-5

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.025, -1.959963984540054)]
    [InlineData(0.001, -3.090232306167813)]
    [InlineData(1e-9, -5.997807015007687)]
    public void TheReferenceIsRight(double p, double x)
    {
        Assert.Equal(x, Normal.Quantile(p), 1e-12);
        Assert.Equal(p, Normal.Cumulative(x), 1e-15);
    }

    [Fact]
    public void IsTheInverseDistributionFunction()
    {
        foreach (uint magnitude in Magnitudes())
        {
            double expected = -Normal.Quantile((magnitude | 1) * Math.Pow(2, -32));
            Assert.Equal(expected, GaussianTransform.Sample(magnitude), LargestError);
        }
    }

    [Fact]
    public void TheTopBitIsTheSign()
    {
        foreach (uint magnitude in Magnitudes())
            Assert.Equal(-GaussianTransform.Sample(magnitude), GaussianTransform.Sample(magnitude | 0x80000000u));
    }

    [Fact]
    public void ReachesFarIntoTheTails()
    {
        Assert.InRange(GaussianTransform.Sample(0u), 6.2f, 6.3f);
        Assert.InRange(GaussianTransform.Sample(0x80000000u), -6.3f, -6.2f);
    }

    // Floats below 2^31 are 128 apart: from half of that on, a word maps to the median.
    [Fact]
    public void TheMedianIsZero()
    {
        Assert.All([0x7FFFFFFFu, 0x7FFFFFC1u], word => Assert.Equal(0f, GaussianTransform.Sample(word)));
        Assert.NotEqual(0f, GaussianTransform.Sample(0x7FFFFFBFu));
    }

    [Fact]
    public void NeverRises()
    {
        float last = float.PositiveInfinity;
        foreach (uint magnitude in Magnitudes().Order())
        {
            float sample = GaussianTransform.Sample(magnitude);
            Assert.InRange(sample, 0f, last + 2 * (float)LargestError);
            last = sample;
        }
    }

    [Fact]
    public void SixteenAtOnceAreTheSameBits()
    {
        uint[] bits = [.. Magnitudes().Take(4096)];
        for (int i = 0; i < bits.Length; i += 16)
        {
            Vector512<float> samples = GaussianTransform.Sample(Vector512.Create(bits, i));
            for (int lane = 0; lane < 16; lane++) Assert.Equal(GaussianTransform.Sample(bits[i + lane]), samples[lane]);
        }
    }

    // Every octave: its ends, their neighbours and 2000 places between.
    private static IEnumerable<uint> Magnitudes()
    {
        for (int octave = 0; octave < 31; octave++)
        {
            ulong first = 1ul << octave, length = first, places = Math.Min(length, 2000);
            for (ulong i = 0; i < places; i++) yield return (uint)(first + length * i / places);
            yield return (uint)(2 * first - 1);
            if (octave > 1) yield return (uint)(2 * first - 2);
        }

        yield return 0;
    }
}
