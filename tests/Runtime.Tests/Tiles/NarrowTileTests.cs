using NoiseGen.CompilerServices;

namespace NoiseGen.Runtime.Tests.Tiles;

/// <summary>
/// The tiles for narrow registers add the same products in the same order as a scalar loop:
/// the bits are the same however they are divided.
/// </summary>
public class NarrowTileTests
{
    private const int Lanes = LaneLayout.Lanes;

    public static TheoryData<int, int, int, int> Convolutions
    {
        get
        {
            var cases = new TheoryData<int, int, int, int>();
            for (int channels = 1; channels <= 14; channels++) cases.Add(channels, 1, 3, 5);
            cases.Add(9, 2, 7, 20);   // three rows at a time, and the last
            cases.Add(8, 1, 3, 64);   // one row at a time
            cases.Add(12, 3, 2, 128); // a whole part of a row
            cases.Add(13, 2, 1, 300); // three parts
            cases.Add(5, 4, 0, 7);    // a window outside the map
            cases.Add(5, 1, 3, 0);
            cases.Add(7, 2, -1, -3);  // far outside, in both directions
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Convolutions))]
    public void AConvolutionAddsInOrder(int channels, int pixels, int rows, int run)
    {
        const int Columns = 2, PixelStep = 3 * Lanes, TargetGap = 64;
        int sourceColumn = (run + 1) * Lanes, sourceRow = Columns * sourceColumn + Lanes, weightRow = Columns * run * channels + 5;
        int targetPixel = channels * Lanes + TargetGap;
        float[] source = Numbers(1, rows * sourceRow + pixels * PixelStep + run * Lanes), weights = Numbers(2, rows * weightRow + 1),
            biases = Numbers(3, channels);
        float[] target = Numbers(4, pixels * targetPixel), added = [.. target], expected = [.. target], expectedAdded = [.. target];
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                for (int image = 0; image < Lanes; image++)
                {
                    int place = pixel * targetPixel + channel * Lanes + image;
                    expected[place] = Sum(biases[channel], pixel, channel, image);
                    expectedAdded[place] = Sum(added[place], pixel, channel, image);
                }
            }
        }

        float Sum(float sum, int pixel, int channel, int image)
        {
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < Columns; column++)
                {
                    for (int i = 0; i < run; i++)
                    {
                        sum = MathF.FusedMultiplyAdd(
                            weights[row * weightRow + (column * run + i) * channels + channel],
                            source[row * sourceRow + column * sourceColumn + i * Lanes + pixel * PixelStep + image], sum);
                    }
                }
            }

            return sum;
        }

        NarrowTile.Convolution(
            ref biases[0], ref source[0], ref weights[0], ref target[0], rows, Columns, run, sourceRow, sourceColumn, weightRow, channels,
            pixels, PixelStep, targetPixel);
        NarrowTile.AddConvolution(
            ref source[0], ref weights[0], ref added[0], rows, Columns, run, sourceRow, sourceColumn, weightRow, channels, pixels,
            PixelStep, targetPixel);

        Assert.Equal(expected, target);
        Assert.Equal(expectedAdded, added);
    }

    [Theory]
    [InlineData(12, 2, 3, 5)]  // not a multiple of the pixels that are processed together
    [InlineData(6, 1, 1, 1)]
    [InlineData(11, 2, 1, 2)]  // all of them at once
    [InlineData(11, 2, 0, 3)]  // none
    [InlineData(11, 2, -3, -2)]
    [InlineData(11, 2, 2, 9)]
    [InlineData(1, 3, 7, 2)]
    public void AnOuterProductIsSummedBeforeItIsAdded(int outputs, int vectors, int rows, int columns)
    {
        int gradientPixel = outputs * Lanes, gradientRow = columns * gradientPixel + 32, inputPixel = vectors * Lanes * 16,
            inputRow = columns * inputPixel + 16, targetRow = vectors * 16 + 8;
        float[] gradients = Numbers(1, rows * gradientRow), inputs = Numbers(2, rows * inputRow), sums = Numbers(3, outputs * targetRow),
            added = Numbers(4, outputs * targetRow);
        float[] expected = [.. sums], expectedAdded = [.. added];
        for (int output = 0; output < outputs; output++)
        {
            for (int channel = 0; channel < vectors * 16; channel++)
            {
                float sum = 0f;
                for (int row = 0; row < rows; row++)
                {
                    for (int column = 0; column < columns; column++)
                    {
                        for (int image = 0; image < Lanes; image++)
                        {
                            sum = MathF.FusedMultiplyAdd(
                                gradients[row * gradientRow + column * gradientPixel + output * Lanes + image],
                                inputs[row * inputRow + column * inputPixel + channel / 16 * Lanes * 16 + image * 16 + channel % 16], sum);
                        }
                    }
                }

                expected[output * targetRow + channel] = sum;
                expectedAdded[output * targetRow + channel] += sum;
            }
        }

        NarrowTile.OuterProduct(ref gradients[0], ref inputs[0], ref sums[0], rows, columns, gradientRow, gradientPixel, inputRow,
            inputPixel, targetRow, outputs, vectors);
        NarrowTile.AddOuterProduct(ref gradients[0], ref inputs[0], ref added[0], rows, columns, gradientRow, gradientPixel, inputRow,
            inputPixel, targetRow, outputs, vectors);

        Assert.Equal(expected, sums);
        Assert.Equal(expectedAdded, added);
    }

    private static float[] Numbers(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Math.Max(1, count)).Select(_ => random.NextSingle() - 0.5f)];
    }
}
