using CsCheck;

namespace NoiseGen.Runtime.Tests.Data;

/// <summary>The loader against the plain formula, element by element, bit by bit.</summary>
public class LoaderTests
{
    private static readonly Gen<(
        Shape Shape, int Images, int BatchSize, int Lanes, Augmentation Augmentation, bool PerChannel, ulong Seed)> Cases =
        from shape in Gen.Select(Gen.Int[1, 5], Gen.Int[1, 19], Gen.Int[1, 37], (c, h, w) => new Shape(c, h, w))
        from flat in Gen.Frequency((5, Gen.Const(false)), (1, Gen.Const(true)))
        from images in Gen.Int[1, 70]
        from batchSize in Gen.Int[1, 70]
        from lanes in Gen.Bool.Select(two => two ? 32 : 16)
        from padding in Gen.Frequency((1, Gen.Const(0)), (2, Gen.Int[1, 6]))
        from flip in Gen.Bool
        from perChannel in Gen.Bool
        from seed in Gen.ULong
        select (flat ? new Shape(shape.Count)
            : shape, images, batchSize, lanes, new Augmentation { CropPadding = padding, HorizontalFlip = flip }, perChannel, seed);

    [Fact]
    public void RefusesInvalidImages()
    {
        Assert.Throws<ArgumentNullException>(() => new BatchLoader(null!, 1));
        Assert.Throws<ArgumentException>(
            "shape", () => new FloatBatches(new Shape(0, 1, 1), 2, ReadOnlyMemory<float>.Empty, new int[1], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Digits.Create(seed: 1, train: int.MaxValue, test: 1));
    }

    [Fact]
    public void LoadsWhatTheFormulaSays() => Cases.Sample(
        c =>
        {
            ImageDataset data = Random(c.Shape, c.Images, c.PerChannel, c.Seed);
            var loader = new BatchLoader(data, c.BatchSize) { Seed = c.Seed, Shuffle = true, Augmentation = c.Augmentation };
            float[] lanes = new float[c.Shape.Count * c.Lanes];
            loader.Start(epoch: 3);
            while (loader.MoveNext())
            {
                for (int first = 0; first < loader.Count; first += c.Lanes)
                {
                    Array.Fill(lanes, float.NaN);
                    loader.Load(first, lanes);
                    Assert.Equal(Naive(data, loader, first, c.Lanes), lanes);
                }
            }
        },
        iter: 300);

    [Fact]
    public void LoadsFloatsWhereTheyBelong() => Cases.Sample(
        c =>
        {
            float[] images = new float[c.Images * c.Shape.Count];
            for (int i = 0; i < images.Length; i++) images[i] = i + 0.5f;
            int[] labels = [.. Enumerable.Range(0, c.Images)];
            var batches = new FloatBatches(c.Shape, c.Images, images, labels, c.BatchSize) { Seed = c.Seed, Shuffle = true };
            float[] lanes = new float[c.Shape.Count * c.Lanes];
            while (batches.MoveNext())
            {
                for (int first = 0; first < batches.Count; first += c.Lanes)
                {
                    Array.Fill(lanes, float.NaN);
                    batches.Load(first, lanes);
                    Assert.Equal(Expected(c.Shape, c.Lanes, (lane, element) => first + lane < batches.Count
                        ? images[batches.Label(first + lane) * c.Shape.Count + element] : 0f), lanes);
                }
            }
        },
        iter: 300);

    [Fact]
    public unsafe void LoadsSpansWhereTheyBelong() => Cases.Sample(
        c =>
        {
            const int Before = 5;
            float[] images = new float[(Before + c.Images) * c.Shape.Count];
            for (int i = 0; i < images.Length; i++) images[i] = i + 0.5f;
            int[] labels = [.. Enumerable.Range(-Before, Before + c.Images)];
            var batch = new SpanBatch(c.Shape, c.Images);
            float[] lanes = new float[c.Shape.Count * c.Lanes];
            fixed (float* values = images)
            fixed (int* classes = labels)
            {
                batch.Set(new(values, classes, targets: null), c.Images, first: Before);
                Assert.Equal((Before, c.Images, c.Images - 1), (batch.First, batch.Count, batch.Label(c.Images - 1)));
                for (int first = 0; first < c.Images; first += c.Lanes)
                {
                    Array.Fill(lanes, float.NaN);
                    batch.Load(first, lanes);
                    Assert.Equal(Expected(c.Shape, c.Lanes, (lane, element) => first + lane < c.Images
                        ? images[(Before + first + lane) * c.Shape.Count + element] : 0f), lanes);
                }
            }
        },
        iter: 300);

    [Fact]
    public void ManyThreadsLoadTheSame()
    {
        ImageDataset data = Random(new(3, 9, 11), 200, perChannel: true, seed: 4);
        var loader =
            new BatchLoader(data, 200) { Seed = 1, Shuffle = true, Augmentation = new() { CropPadding = 2, HorizontalFlip = true } };
        Assert.True(loader.MoveNext());
        Parallel.For(0, 13 * 20, block =>
        {
            float[] lanes = new float[data.Shape.Count * 16];
            loader.Load(block % 13 * 16, lanes);
            Assert.Equal(Naive(data, loader, block % 13 * 16, 16), lanes);
        });
    }

    private static ImageDataset Random(Shape shape, int images, bool perChannel, ulong seed)
    {
        var random = new Random((int)seed);
        byte[] pixels = new byte[images * shape.Count];
        random.NextBytes(pixels);
        byte[] labels = new byte[images];
        for (int i = 0; i < images; i++) labels[i] = (byte)i;
        int channels = perChannel ? shape.Channels : 1;
        return new("random", shape, images, pixels, labels)
        {
            Normalization = new([.. Enumerable.Range(0, channels).Select(_ => random.NextSingle())],
                [.. Enumerable.Range(0, channels).Select(_ => random.NextSingle() + 0.1f)]),
        };
    }

    // Labels are the images' numbers, so the loader shows which image is where.
    private static float[] Naive(ImageDataset data, BatchLoader loader, int first, int lanes) =>
        Expected(data.Shape, lanes, (lane, element) =>
    {
        if (first + lane >= loader.Count) return 0f;
        int image = loader.Label(first + lane);
        Shape shape = data.Shape;
        (int channel, int row, int column) =
            (element / (shape.Height * shape.Width), element / shape.Width % shape.Height, element % shape.Width);
        (int down, int right, bool flip) = loader.Augmentation.Draw(loader.Seed, loader.Epoch, image, shape);
        int sourceRow = row + down, sourceColumn = (flip ? shape.Width - 1 - column : column) + right;
        bool inside = sourceRow >= 0 && sourceRow < shape.Height && sourceColumn >= 0 && sourceColumn < shape.Width;
        byte pixel = inside ? data.Image(image)[(channel * shape.Height + sourceRow) * shape.Width + sourceColumn] : (byte)0;
        return MathF.FusedMultiplyAdd(pixel, data.Normalization.Scale(channel), data.Normalization.Offset(channel));
    });

    // Row × column × channel × lane, from a function of lane and element in channel × row × column order.
    private static float[] Expected(Shape shape, int lanes, Func<int, int, float> value)
    {
        float[] result = new float[shape.Count * lanes];
        for (int channel = 0; channel < shape.Channels; channel++)
        for (int row = 0; row < shape.Height; row++)
        for (int column = 0; column < shape.Width; column++)
        for (int lane = 0; lane < lanes; lane++)
            result[((row * shape.Width + column) * shape.Channels + channel) * lanes + lane] =
                value(lane, (channel * shape.Height + row) * shape.Width + column);
        return result;
    }
}
