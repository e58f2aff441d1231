namespace NoiseGen.Runtime.Tests.Data;

/// <summary>Sources of a user's own, and floats: both write images row by row and leave the rest to the library.</summary>
public sealed class IndexedBatchesTests
{
    private static readonly Shape s_shape = new(2, 3, 5);

    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    public void AnOwnSourceGivesTheLanesOfFloatBatches(int lanes)
    {
        var own = new Own(images: 37) { Shuffle = true, Seed = 5 };
        FloatBatches floats = Floats(37, Augmentation.None);
        own.Start(2);
        floats.Start(2);
        while (own.MoveNext())
        {
            Assert.True(floats.MoveNext());
            Assert.Equal(Enumerable.Range(0, floats.Count).Select(floats.Label), Enumerable.Range(0, own.Count).Select(own.Label));
            for (int first = 0; first < own.Count; first += lanes) Assert.Equal(Lanes(floats, first, lanes), Lanes(own, first, lanes));
        }
    }

    [Fact]
    public void DropLastComesForNothing() =>
        Assert.Equal((32, 2), (new Own(37) { DropLast = true }.Images, new Own(37) { DropLast = true }.Batches));

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(7, true)] // further than the image is wide
    public void FloatsAreAugmentedAsBytesAre(int padding, bool flip)
    {
        var augmentation = new Augmentation { CropPadding = padding, HorizontalFlip = flip };
        byte[] pixels = [.. Enumerable.Range(0, 20 * s_shape.Count).Select(i => (byte)(i * 37 % 251))];
        var bytes = new BatchLoader(new ImageDataset("bytes", s_shape, 1, pixels, new int[20]), 20)
            { Augmentation = augmentation, Seed = 9 };
        var floats = new FloatBatches(
            s_shape, 1, pixels.Select(pixel => MathF.FusedMultiplyAdd(pixel, Normalization.None.Scale(0), 0f)).ToArray(), new int[20], 20)
        {
            Augmentation = augmentation, Seed = 9,
        };
        for (int epoch = 0; epoch < 3; epoch++)
        {
            bytes.Start(epoch);
            floats.Start(epoch);
            Assert.True(bytes.MoveNext() && floats.MoveNext());
            Assert.Equal(Lanes(bytes, 0, 32), Lanes(floats, 0, 32));
        }
    }

    [Fact]
    public void ADirectionOfLengthOneStaysAsItIs()
    {
        var augmentation = new Augmentation { CropPadding = 3 };
        (int Row, int Column, bool)[] signal =
            [.. Enumerable.Range(0, 50).Select(image => augmentation.Draw(1, 0, image, new Shape(2, 1, 64)))];
        Assert.All(signal, draw => Assert.Equal(0, draw.Row));
        Assert.Contains(signal, draw => draw.Column != 0);
        Assert.All(Enumerable.Range(0, 50), image => Assert.Equal((0, 0, false), augmentation.Draw(1, 0, image, new Shape(64))));
    }

    [Fact]
    public void TargetsFollowTheirImages()
    {
        float[] images = [.. Enumerable.Range(0, 10 * 3).Select(i => (float)i)],
            targets = [.. Enumerable.Range(0, 10 * 2).Select(i => i / 2f)];
        var batches = new FloatBatches(new Shape(3), images, targets, batchSize: 4) { Shuffle = true, Seed = 3 };
        Assert.Equal((2, 1, 10), (batches.Targets, batches.Classes, batches.Images));
        int seen = 0;
        while (batches.MoveNext())
        {
            float[] lanes = Lanes(batches, 0, 16);
            for (int i = 0; i < batches.Count; i++, seen++)
            {
                int image = (int)(lanes[i] / 3);
                Assert.Equal([image, image + 0.5f], batches.Target(i).ToArray());
            }
        }

        Assert.Equal(10, seen);
    }

    [Theory]
    [InlineData(29, 20, "29 values are not a whole number")]
    [InlineData(0, 0, "at least 1")]
    [InlineData(30, 21, "10 images need the same number of targets each")]
    [InlineData(30, 0, "10 images need the same number of targets each")]
    public void NamesTargetsThatDoNotFit(int images, int targets, string message) => Assert.Contains(
        message, Assert.Throws<ArgumentException>(() => new FloatBatches(new Shape(3), new float[images], new float[targets], 4)).Message);

    [Fact]
    public void LabelsHaveNoTargets() => Assert.Throws<NotSupportedException>(() =>
    {
        FloatBatches batches = Floats(3, Augmentation.None);
        batches.MoveNext();
        _ = batches.Target(0).Length;
    });

    [Fact]
    public void RandomBitsAreAFunctionOfSeedEpochAndImage()
    {
        var own = new Own(4) { Seed = 1 };
        own.Start(0);
        uint[] first = own.Bits();
        Assert.Equal(4, first.Distinct().Count());
        own.Start(1);
        Assert.Empty(own.Bits().Intersect(first));
        own.Start(0);
        Assert.Equal(first, own.Bits());
        Assert.NotEqual(first, new Own(4) { Seed = 2 }.Bits());
    }

    [Fact]
    public void LoadingAnOwnSourceAllocatesNothing()
    {
        var own = new Own(32) { Augmentation = new() { CropPadding = 1 } };
        own.MoveNext();
        float[] lanes = new float[32 * s_shape.Count];
        own.Load(0, lanes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) own.Load(0, lanes);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static FloatBatches Floats(int images, Augmentation augmentation) => new(
        s_shape, 7, Enumerable.Range(0, images * s_shape.Count).Select(i => Own.Value(i / s_shape.Count, i % s_shape.Count)).ToArray(),
        Enumerable.Range(0, images).Select(image => image % 7).ToArray(), batchSize: 16)
    {
        Shuffle = true, Seed = 5, Augmentation = augmentation,
    };

    private static float[] Lanes(BatchSource batches, int first, int lanes)
    {
        float[] values = new float[lanes * batches.Shape.Count];
        batches.Load(first, values);
        return values;
    }

    private sealed class Own(int images) : IndexedBatches(images, batchSize: images < 32 ? images : images == 32 ? 32 : 16)
    {
        private readonly int _count = images;

        public override Shape Shape => s_shape;

        public override int Classes => 7;

        public static float Value(int image, int element) => image * 31.5f - element;

        public uint[] Bits() => [.. Enumerable.Range(0, _count).Select(RandomBits)];

        protected override int LabelOf(int image) => image % 7;

        protected override void Read(int image, Span<float> values)
        {
            for (int i = 0; i < values.Length; i++) values[i] = Value(image, i);
        }
    }
}
