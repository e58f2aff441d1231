using System.Runtime.Intrinsics;
using NoiseGen.CompilerServices;

namespace NoiseGen.Runtime.Tests.Noise;

/// <summary>
/// Streams of samples, numbered as in the definition of the noise:
/// their distribution, and the independence of different streams.
/// </summary>
public class GaussianNoiseTests
{
    private const int Groups = 1 << 12;          // calls of Philox in one image: an image of 16,384 elements
    private const int PerImage = 4 * Groups;
    private const ulong Seed = 20_250_101;

    public static TheoryData<ulong> Seeds => [1, 42, 0xFEDC_BA98_7654_3210];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void IsStandardGaussian(ulong seed)
    {
        const int Images = 611;                  // 10,010,624 samples
        const int Bins = 1 << 16;
        const double Edge = 6.5;                 // above the largest sample
        long n = (long)Images * PerImage;
        long[] histogram = new long[Bins];
        double m1 = 0, m2 = 0, m3 = 0, m4 = 0;
        for (int image = 0; image < Images; image++)
        {
            foreach (float sample in Stream(new(seed, Draw: 0, Evaluation: false), site: 0, image))
            {
                double x = sample, square = x * x;
                (m1, m2, m3, m4) = (m1 + x, m2 + square, m3 + square * x, m4 + square * square);
                histogram[(int)((x + Edge) * (Bins / (2 * Edge)))]++;
            }
        }

        // Kolmogorov and Smirnov at the bins' edges: √n·D stays below 1.95 in 999 of 1000 cases.
        long below = 0;
        double distance = 0;
        for (int bin = 0; bin < Bins; bin++)
        {
            below += histogram[bin];
            distance = Math.Max(distance, Math.Abs((double)below / n - Normal.Cumulative((bin + 1) * (2 * Edge / Bins) - Edge)));
        }

        Assert.InRange(distance * Math.Sqrt(n), 0, 1.95);
        Assert.InRange(m1 / n * Math.Sqrt(n), -5, 5);                // in standard errors of the moments
        Assert.InRange((m2 / n - 1) / Math.Sqrt(2.0 / n), -5, 5);
        Assert.InRange(m3 / n / Math.Sqrt(15.0 / n), -5, 5);
        Assert.InRange((m4 / n - 3) / Math.Sqrt(96.0 / n), -5, 5);
        Assert.True(histogram[..(int)((Edge - 4.5) / (2 * Edge) * Bins)].Sum() > 0); // 34 expected below −4.5
    }

    [Fact]
    public void StreamsAreTheDefinition()
    {
        var shape = new Shape(16, 32, 32);       // 128 groups in each row, 4096 in all
        var key = new NoiseKey(Seed, 9, Evaluation: true);
        float[] stream = Stream(key, site: 3, image: 77);
        for (int place = 0; place < PerImage; place += 37)
            Assert.Equal(GaussianNoise.Sample(key, 3, 77, shape, place % 16, place / 512, place / 16 % 32), stream[place]);
    }

    [Fact]
    public void ARowBeginsANewGroup()
    {
        // Rows of 5 elements are 2 groups; the remaining three samples of the second group are unused.
        var key = new NoiseKey(Seed, 0, Evaluation: false);
        float[] stream = Stream(key, site: 1, image: 2);
        Assert.Equal(stream[8 + 1], GaussianNoise.Sample(key, 1, 2, new Shape(1, 4, 5), 0, 1, 1));
        Assert.Equal(stream[16 + 4], GaussianNoise.Sample(key, 1, 2, new Shape(5, 3, 1), 4, 2, 0));
    }

    public static TheoryData<string> Pairs => ["sites", "draws", "images", "seeds", "training and evaluation"];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void DifferentStreamsAreIndependent(string what) =>
        AssertIndependent(Streams(image => Stream(new(Seed, 5, false), 2, image)), Streams(image => what switch
    {
        "sites" => Stream(new(Seed, 5, false), 3, image),
        "draws" => Stream(new(Seed, 6, false), 2, image),
        "images" => Stream(new(Seed, 5, false), 2, image + 1),
        "seeds" => Stream(new(Seed + 1, 5, false), 2, image),
        "training and evaluation" => Stream(new(Seed, 5, true), 2, image),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    }));

    [Theory]
    [InlineData(1)] // the neighbour, three times in four from the same call of Philox
    [InlineData(4)]
    [InlineData(512)]
    public void NeighbouringElementsAreIndependent(int distance)
    {
        float[] samples = Streams(image => Stream(new(Seed, 5, false), 2, image));
        AssertIndependent(samples[..^distance], samples[distance..]);
    }

    private static void AssertIndependent(float[] a, float[] b)
    {
        const int Bins = 8;
        double[] edges = [.. Enumerable.Range(1, Bins / 2).Select(i => Normal.Quantile((double)i / Bins))];
        double product = 0, squares = 0;
        int[] joint = new int[Bins * Bins];
        for (int i = 0; i < a.Length; i++)
        {
            product += (double)a[i] * b[i];
            squares += ((double)a[i] * a[i] - 1) * ((double)b[i] * b[i] - 1);
            joint[Bin(a[i], edges) * Bins + Bin(b[i], edges)]++;
        }

        double expected = (double)a.Length / joint.Length;
        Assert.InRange(product / Math.Sqrt(a.Length), -4.5, 4.5);        // correlation, in standard errors
        Assert.InRange(squares / 2 / Math.Sqrt(a.Length), -4.5, 4.5);    // correlation of the squares
        // 63 degrees of freedom: 9999 of 10,000 cases
        Assert.InRange(joint.Sum(count => (count - expected) * (count - expected) / expected), 0, 117);
    }

    // Eight bins of equal probability; the edges are those of the lower four.
    private static int Bin(float sample, double[] edges)
    {
        int bin = 0;
        foreach (double edge in edges) bin += -Math.Abs(sample) > edge ? 1 : 0;
        return sample < 0 ? bin : 7 - bin;
    }

    private static float[] Streams(Func<int, float[]> stream) => [.. Enumerable.Range(0, 61).SelectMany(stream)]; // 999,424 samples

    // One image of a site, group after group, sixteen samples at a time.
    private static float[] Stream(NoiseKey key, int site, int image)
    {
        float[] samples = new float[PerImage];
        Span<uint> bits = stackalloc uint[16];
        for (int group = 0; group < Groups; group += 4)
        {
            for (int i = 0; i < 4; i++)
            {
                var counter = new Philox.Words((uint)image, (uint)(group + i), key.Draw, GaussianNoise.SiteWord(key, site));
                Philox.Generate(counter, key.Seed)
                    .Deconstruct(out bits[4 * i], out bits[4 * i + 1], out bits[4 * i + 2], out bits[4 * i + 3]);
            }

            GaussianTransform.Sample(Vector512.Create<uint>(bits)).CopyTo(samples, 4 * group);
        }

        return samples;
    }
}
