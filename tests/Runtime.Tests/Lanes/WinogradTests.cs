using NoiseGen.CompilerServices;

namespace NoiseGen.Runtime.Tests.Lanes;

/// <summary>
/// Transforms of squares against the convolution by its definition, one square that is the whole map, 64 channels to one.
/// </summary>
public class WinogradTests
{
    private const int Channels = 64, Images = 32, Pixel = Channels * Images, Taps = 9;

    [Fact]
    public void SquaresOf2x2() => Agrees<Winograd2x2>(2, mostError: 1.5);

    // What decides between points of interpolation: here 2.4, with 0, ±1, ±2 and infinity 5.9.
    // Inside a larger map the direct convolution sums, and errs, more.
    [Fact]
    public void SquaresOf4x4() => Agrees<Winograd4x4>(4, mostError: 3);

    [Fact]
    public void MiddleProducts() => Agrees<MiddleProduct2x2>(2, mostError: 2);

    [Fact]
    public void GradientsBySquaresOf2x2() => GradientsAgree<Winograd2x2>(2);

    [Fact]
    public void GradientsBySquaresOf4x4() => GradientsAgree<Winograd4x4>(4);

    [Fact]
    public void GradientsByMiddleProducts() => GradientsAgree<MiddleProduct2x2>(2);

    // The error's root mean square, as a multiple of that of the direct convolution in float.
    private static void Agrees<TTransforms>(int size, double mostError)
        where TTransforms : IWinogradTransforms
    {
        var random = new Random(size);
        float[] map = Gaussians(random, size * size * Pixel), kernels = Gaussians(random, Channels * Taps);
        float[] inputs = Pinned(TTransforms.Products * Pixel), weights = Transformed<TTransforms>(kernels),
            products = Pinned(TTransforms.Products * Images), outputs = Pinned(size * size * Images);
        TTransforms.Input(ref map[0], ref inputs[0], 0, 0, size, size, Pixel, Pixel, Pixel);
        for (int p = 0; p < TTransforms.Products; p++)
        {
            for (int c = 0; c < Channels; c++)
            {
                for (int image = 0; image < Images; image++)
                    products[p * Images + image] += weights[p * Channels + c] * inputs[p * Pixel + c * Images + image];
            }
        }

        float bias = 0.5f;
        TTransforms.Output(ref products[0], ref bias, 1, ref outputs[0], size, 1, Images);

        double error = 0, direct = 0;
        for (int place = 0; place < outputs.Length; place++)
        {
            (int row, int column, int image) = (place / Images / size, place / Images % size, place % Images);
            double expected = bias;
            float single = bias;
            foreach ((int tap, int pixel) in Seen(row, column, size))
            {
                for (int c = 0; c < Channels; c++)
                {
                    float x = map[pixel * Pixel + c * Images + image], w = kernels[c * Taps + tap];
                    expected += (double)x * w;
                    single += x * w;
                }
            }

            error += Math.Pow(outputs[place] - expected, 2);
            direct += Math.Pow(single - expected, 2);
        }

        Assert.InRange(Math.Sqrt(error / direct), 0, mostError);
    }

    private static void GradientsAgree<TTransforms>(int size)
        where TTransforms : IWinogradTransforms
    {
        const int Kernels = 16;
        var random = new Random(size);
        float[] map = Gaussians(random, size * size * Kernels), gradients = Gaussians(random, size * size * Kernels);
        float[] inputs = Pinned(TTransforms.Products * Kernels), outputs = Pinned(TTransforms.Products * Kernels),
            taps = Pinned(Taps * Kernels);
        TTransforms.Input(ref map[0], ref inputs[0], 0, 0, size, size, Kernels, Kernels, Kernels);
        TTransforms.Gradient(ref gradients[0], ref outputs[0], size * Kernels, Kernels, Kernels, Kernels);
        float[] sums = Pinned([.. inputs.Zip(outputs, (x, y) => x * y)]);
        TTransforms.Taps(ref sums[0], Kernels, ref taps[0]);

        double[] expected = new double[Taps * Kernels];
        for (int place = 0; place < size * size; place++)
        {
            foreach ((int tap, int pixel) in Seen(place / size, place % size, size))
            {
                for (int k = 0; k < Kernels; k++)
                    expected[tap * Kernels + k] += (double)gradients[place * Kernels + k] * map[pixel * Kernels + k];
            }
        }

        double largest = expected.Max(Math.Abs);
        Assert.InRange(taps.Zip(expected).Max(pair => Math.Abs(pair.First - pair.Second)), 0, 1e-6 * largest);
    }

    // Products × channels: sixteen channels' kernels are transformed at once.
    private static float[] Transformed<TTransforms>(float[] kernels)
        where TTransforms : IWinogradTransforms
    {
        const int Together = 16;
        var transformed = Pinned(TTransforms.Products * Channels);
        float[] taps = Pinned(Taps * Together), target = Pinned(TTransforms.Products * Together);
        for (int first = 0; first < Channels; first += Together)
        {
            for (int i = 0; i < taps.Length; i++) taps[i] = kernels[(first + i % Together) * Taps + i / Together];
            TTransforms.Kernels(ref taps[0], ref target[0], Together);
            for (int i = 0; i < target.Length; i++) transformed[i / Together * Channels + first + i % Together] = target[i];
        }

        return transformed;
    }

    // The taps of an output that lie in the map, and the pixels they meet.
    private static IEnumerable<(int Tap, int Pixel)> Seen(int row, int column, int size) =>
        from tap in Enumerable.Range(0, Taps)
        let y = row + tap / 3 - 1
        let x = column + tap % 3 - 1
        where y >= 0 && y < size && x >= 0 && x < size
        select (tap, y * size + x);

    private static float[] Gaussians(Random random, int count) =>
        Pinned([.. Enumerable.Range(0, count)
            .Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))]);

    // The transforms step over a map's edges, as they may in a network's arena.
    private static float[] Pinned(int count) => GC.AllocateArray<float>(count, pinned: true);

    private static float[] Pinned(float[] values)
    {
        float[] pinned = Pinned(values.Length);
        values.CopyTo(pinned, 0);
        return pinned;
    }
}
