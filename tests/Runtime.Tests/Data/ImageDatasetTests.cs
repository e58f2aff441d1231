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

    [Fact]
    public void WantsAClass() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageDataset("tiny", Tiny, 0, new byte[4], new byte[1]));

    [Fact]
    public void HasAsManyClassesAsThereAre()
    {
        var data = new ImageDataset("large", Tiny, 10_000, new byte[8], [9_999, 300]);
        Assert.Equal([9_999, 300], data.Labels.ToArray());
        var loader = new BatchLoader(data, 2);
        Assert.True(loader.MoveNext());
        Assert.Equal((10_000, 9_999), (loader.Classes, loader.Label(0)));
    }

    [Fact]
    public void SplitsEachClassAlikeAndTheSameWayForTheSameSeed()
    {
        int[] labels = [.. Enumerable.Range(0, 100).Select(image => image < 80 ? 0 : 1)];
        byte[] pixels = [.. Enumerable.Range(0, 100).SelectMany(image => Enumerable.Repeat((byte)image, 4))];
        var data = new ImageDataset("split", Tiny, 2, pixels, labels) { ClassNames = ["many", "few"] };

        DataSplit split = data.Split(test: 0.25, seed: 3);

        Assert.Equal((20, 5), (split.Test.Labels.Count(0), split.Test.Labels.Count(1)));
        Assert.Equal([.. Enumerable.Range(0, 100)], FirstPixels(split.Train).Concat(FirstPixels(split.Test)).Order());
        Assert.Equal(["many", "few"], split.Train.ClassNames.ToArray());
        Assert.Equal(FirstPixels(split.Test), FirstPixels(data.Split(0.25, seed: 3).Test));
        Assert.NotEqual(FirstPixels(split.Test), FirstPixels(data.Split(0.25, seed: 4).Test));
        Assert.NotEqual([.. Enumerable.Range(0, 20), .. Enumerable.Range(80, 5)], FirstPixels(split.Test)); // at random
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Split(1));
        Assert.Throws<InvalidOperationException>(() => data.Take(1).Split(0.1));

        static int[] FirstPixels(ImageDataset data) => [.. Enumerable.Range(0, data.Count).Select(image => (int)data.Image(image)[0])];
    }

    [Fact]
    public void ANormalisationIsMeasuredByChannel()
    {
        var data = new ImageDataset("tiny", Tiny, 1, [0, 255, 7, 7, 255, 0, 7, 7], new int[2]);
        Normalization found = Normalization.Of(data);
        Assert.Equal([0.5f, 7 / 255f], found.Mean.ToArray());
        Assert.Equal([0.5f, 1f], found.Std.ToArray()); // a channel without contrast keeps its pixels
    }

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
