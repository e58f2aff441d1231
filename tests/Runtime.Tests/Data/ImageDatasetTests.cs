using System.Collections.Immutable;

namespace NoiseGen.Runtime.Tests.Data;

public class ImageDatasetTests
{
    private static readonly Shape Tiny = new(2, 1, 2);

    [Fact]
    public void GivesImagesAndLabels()
    {
        var data = new ImageDataset("tiny", Tiny, 3, [1, 2, 3, 4, 5, 6, 7, 8], [2, 0]);
        Assert.Equal(2, data.Count);
        Assert.Equal([5, 6, 7, 8], data.Image(1).ToArray());
        Assert.Equal([2, 0], data.Labels.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Image(2).Length);
    }

    [Fact]
    public void TakesTheFirstImages()
    {
        ImageDataset first =
            new ImageDataset("tiny", Tiny, 3, [1, 2, 3, 4, 5, 6, 7, 8], [2, 0]) { Normalization = new([0.5f, 0.1f], [1f, 2f]) }.Take(1);
        Assert.Equal([1, 2, 3, 4], first.Pixels.ToArray());
        Assert.Equal([2], first.Labels.ToArray());
        Assert.Equal(0.1f, first.Normalization.Mean[1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => first.Take(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => first.Take(0));
    }

    [Fact]
    public void NamesTheLabelThatIsNotAClass()
    {
        var error = Assert.Throws<ArgumentException>(() => new ImageDataset("tiny", Tiny, 3, new byte[12], [0, 2, 3]));
        Assert.Contains("image 2 is 3; allowed are 0 … 2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7, 2)]
    [InlineData(9, 2)]
    [InlineData(0, 0)]
    public void RequiresTheNumberOfPixelsForTheLabels(int pixels, int labels)
    {
        var error = Assert.Throws<ArgumentException>(() => new ImageDataset("tiny", Tiny, 3, new byte[pixels], new byte[labels]));
        Assert.Contains("tiny", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    public void RequiresClassesThatFitInAByte(int classes) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageDataset("tiny", Tiny, classes, new byte[4], new byte[1]));

    [Fact]
    public void RequiresANormalizationForItsChannels()
    {
        var error = Assert.Throws<ArgumentException>(
            () => new ImageDataset("tiny", Tiny, 3, new byte[4], new byte[1]) { Normalization = new([0f, 0f, 0f], [1f, 1f, 1f]) });
        Assert.Contains("1 or 2 channels; found 3", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(0f, -1f)]
    [InlineData(0f, float.NaN)]
    [InlineData(float.PositiveInfinity, 1f)]
    public void RequiresFiniteNormalization(float mean, float std) =>
        Assert.Throws<ArgumentException>(() => new Normalization([mean], [std]));

    [Fact]
    public void RequiresAsManyMeansAsStandardDeviations()
    {
        Assert.Throws<ArgumentException>(() => new Normalization([0f, 1f], [1f]));
        Assert.Throws<ArgumentException>(() => new Normalization([], []));
        Assert.Throws<ArgumentException>(() => new Normalization(default(ImmutableArray<float>), [1f]));
    }

    [Fact]
    public void NormalisationIsTheFormula()
    {
        var normalization = new Normalization([0.4914f, 0.4822f], [0.2023f, 0.1994f]);
        for (int channel = 0; channel < 2; channel++)
        {
            for (int pixel = 0; pixel <= 255; pixel++)
            {
                double expected = (pixel / 255.0 - normalization.Mean[channel]) / normalization.Std[channel];
                Assert.Equal(expected, MathF.FusedMultiplyAdd(pixel, normalization.Scale(channel), normalization.Offset(channel)), 5e-7);
            }
        }
    }
}
