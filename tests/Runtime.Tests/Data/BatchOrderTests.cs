namespace NoiseGen.Runtime.Tests.Data;

/// <summary>Batches, their order and their augmentation as functions of seed, epoch and image.</summary>
public class BatchOrderTests
{
    private static readonly Shape Pixel = new(1, 2, 3);

    private static readonly Shape s_shape = new(3, 32, 32);

    [Theory]
    [InlineData(10, 4, 4, 4, 2)]
    [InlineData(8, 4, 4, 4)]
    [InlineData(3, 100, 3)]
    [InlineData(3, 1, 1, 1, 1)]
    public void CutsBatches(int images, int batchSize, params int[] counts)
    {
        BatchLoader loader = Loader(images, batchSize);
        for (int epoch = 0; epoch < 2; epoch++)
        {
            loader.Start(epoch);
            Assert.Equal(0, loader.Count);
            int first = 0;
            foreach (int count in counts)
            {
                Assert.True(loader.MoveNext());
                Assert.Equal((first, count), (loader.First, loader.Count));
                first += count;
            }

            Assert.False(loader.MoveNext());
            Assert.Equal(0, loader.Count);
            Assert.False(loader.MoveNext());
        }

        Assert.Equal(counts.Length, loader.Batches);
    }

    [Theory]
    [InlineData(10, 4, 4, 4)]
    [InlineData(8, 4, 4, 4)]
    [InlineData(9, 4, 4, 4)]
    [InlineData(3, 3, 3)]
    public void DropsWhatDoesNotFillABatch(int images, int batchSize, params int[] counts)
    {
        BatchLoader loader = new(Numbered(images), batchSize) { DropLast = true, Shuffle = true };
        FloatBatches floats = new(Pixel, images, new float[images * Pixel.Count], Enumerable.Range(0, images).ToArray(), batchSize)
            { DropLast = true, Shuffle = true };
        foreach (StoredBatches source in new StoredBatches[] { loader, floats })
        {
            Assert.Equal((counts.Length, counts.Sum()), (source.Batches, source.Images));
            for (int epoch = 0; epoch < 2; epoch++)
            {
                source.Start(epoch);
                foreach (int count in counts)
                {
                    Assert.True(source.MoveNext());
                    Assert.Equal(count, source.Count);
                }

                Assert.False(source.MoveNext());
                Assert.False(source.MoveNext());
            }
        }

        // The same images in the same order as with the last batch.
        Assert.Equal(Order(Loader(images, batchSize, shuffle: true), 1).Take(counts.Sum()), Order(loader, 1));
    }

    [Fact]
    public void DroppingTheOnlyBatchIsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => new BatchLoader(Numbered(3), 4) { DropLast = true });
        Assert.Contains("3 images do not fill a batch of 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KeepsTheOrderUnlessShuffled() => Assert.Equal(Enumerable.Range(0, 10), Order(Loader(10, 3), epoch: 5));

    [Fact]
    public void ShufflesEachEpochAnew()
    {
        int[] zero = Order(Loader(100, 7, seed: 1, shuffle: true), 0);
        Assert.Equal(Enumerable.Range(0, 100), zero.Order());
        Assert.Equal(zero, Order(Loader(100, 7, seed: 1, shuffle: true), 0));
        Assert.NotEqual(zero, Order(Loader(100, 7, seed: 1, shuffle: true), 1));
        Assert.NotEqual(zero, Order(Loader(100, 7, seed: 2, shuffle: true), 0));
    }

    [Fact]
    public void AnEpochDoesNotDependOnTheOnesBefore()
    {
        BatchLoader loader = Loader(50, 7, seed: 1, shuffle: true);
        Order(loader, 0);
        Order(loader, 1);
        Assert.Equal(Order(Loader(50, 7, seed: 1, shuffle: true), 2), Order(loader, 2));
    }

    [Fact]
    public void EpochZeroNeedsNoStart()
    {
        BatchLoader loader = Loader(50, 50, seed: 1, shuffle: true);
        Assert.True(loader.MoveNext());
        int[] order = [.. Enumerable.Range(0, 50).Select(loader.Label)];
        Assert.Equal(Order(loader, 0), order);
    }

    [Fact]
    public void ShufflesEvenly()
    {
        // Each of the six orders of three images, 6000 times: 1000 ± 29 each;
        // chi-square with 5 degrees of freedom stays below 25.7 in 9999 of 10,000 cases.
        BatchLoader loader = Loader(3, 3, seed: 1, shuffle: true);
        int[] found = new int[9];
        for (int epoch = 0; epoch < 6000; epoch++)
        {
            int[] order = Order(loader, epoch);
            found[order[0] * 3 + order[1]]++;
        }

        Assert.Equal(6, found.Count(count => count > 0));
        Assert.InRange(found.Where(count => count > 0).Sum(count => (count - 1000.0) * (count - 1000.0) / 1000.0), 0, 25.7);
    }

    [Fact]
    public void AugmentsByImageAndEpoch()
    {
        var augmentation = new Augmentation { CropPadding = 4, HorizontalFlip = true };
        Assert.Equal(augmentation.Draw(1, 2, 3, s_shape), augmentation.Draw(1, 2, 3, s_shape));
        (int, int, bool)[] draws = [.. Enumerable.Range(0, 1000).Select(image => augmentation.Draw(1, 2, image, s_shape))];
        Assert.InRange(draws.Distinct().Count(), 155, 162); // 9 · 9 · 2 possible ones
        Assert.NotEqual(draws, Enumerable.Range(0, 1000).Select(image => augmentation.Draw(1, 3, image, s_shape)));
        Assert.NotEqual(draws, Enumerable.Range(0, 1000).Select(image => augmentation.Draw(2, 2, image, s_shape)));
    }

    [Fact]
    public void DrawsEveryShiftAsOften()
    {
        // 9000 draws of 9 shifts: 1000 ± 30 each; 8 degrees of freedom: below 31.8 in 9999 of 10,000 cases.
        var augmentation = new Augmentation { CropPadding = 4, HorizontalFlip = true };
        int[] rows = new int[9], columns = new int[9];
        int flips = 0;
        for (int image = 0; image < 9000; image++)
        {
            (int row, int column, bool flip) = augmentation.Draw(7, 0, image, s_shape);
            rows[row + 4]++;
            columns[column + 4]++;
            flips += flip ? 1 : 0;
        }

        Assert.InRange(rows.Sum(count => (count - 1000.0) * (count - 1000.0) / 1000.0), 0, 31.8);
        Assert.InRange(columns.Sum(count => (count - 1000.0) * (count - 1000.0) / 1000.0), 0, 31.8);
        Assert.InRange(flips, 4500 - 190, 4500 + 190); // 4 σ
    }

    [Fact]
    public void NothingChangesUnlessAsked()
    {
        Assert.All(Enumerable.Range(0, 50), image => Assert.Equal((0, 0, false), Augmentation.None.Draw(1, 0, image, s_shape)));
        Assert.All(Enumerable.Range(0, 50), image => Assert.False(new Augmentation { CropPadding = 1 }.Draw(1, 0, image, s_shape).Flip));
    }

    [Fact]
    public void LoadingAllocatesNothing()
    {
        var loader = new BatchLoader(new("zero", new(3, 8, 8), 1, new byte[100 * 192], new byte[100]), 32)
        {
            Shuffle = true,
            Augmentation = new() { CropPadding = 4, HorizontalFlip = true },
        };
        var floats = new FloatBatches(new(3, 8, 8), 1, new float[100 * 192], new int[100], 32) { Shuffle = true };
        float[] lanes = new float[32 * 192];
        long Epoch(BatchSource source, int epoch)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            source.Start(epoch);
            while (source.MoveNext()) source.Load(0, lanes);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.True(Epoch(loader, 0) + Epoch(floats, 0) >= 0); // warms up
        Assert.Equal(0, Epoch(loader, 1));
        Assert.Equal(0, Epoch(floats, 1));
    }

    [Fact]
    public void RefusesInvalidBlocks()
    {
        BatchLoader loader = Loader(40, 40);
        Assert.True(loader.MoveNext());
        Assert.Contains("96 or 192 floats; found 95", Assert.Throws<ArgumentException>(() => loader.Load(0, new float[95])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => loader.Load(0, new float[8 * 6]));
        Assert.Contains(
            "multiple of 16", Assert.Throws<ArgumentException>(() => loader.Load(8, new float[96])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => loader.Load(16, new float[192]));
        Assert.Contains("40 images; found 48", Assert.Throws<ArgumentException>(() => loader.Load(48, new float[96])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => loader.Load(-16, new float[96]));
        Assert.Throws<ArgumentOutOfRangeException>(() => loader.Label(40));
    }

    [Fact]
    public void RefusesWrongSettings()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Loader(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Loader(3, 1).Start(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Augmentation { CropPadding = -1 });
    }

    [Fact]
    public void RefusesFloatsWithoutLabels()
    {
        Assert.Throws<ArgumentException>(() => new FloatBatches(Pixel, 2, new float[0], new int[0], 4));
        Assert.Throws<ArgumentException>(() => new FloatBatches(Pixel, 2, new float[11], new int[2], 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FloatBatches(Pixel, 0, new float[12], new int[2], 4));
        var error = Assert.Throws<ArgumentException>(() => new FloatBatches(Pixel, 2, new float[12], new[] { 1, -1 }, 4));
        Assert.Contains("image 1 is -1; allowed are 0 … 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public unsafe void ASpanIsOneBatch()
    {
        var batch = new SpanBatch(Pixel, 3);
        float[] images = new float[12];
        int[] labels = [2, 1];
        fixed (float* values = images)
        fixed (int* classes = labels)
        {
            batch.Set(new(values, classes, targets: null), 2, first: 0);
            Assert.Equal((2, 2), (batch.Count, batch.Label(0)));
            batch.Start(0);
            Assert.Equal(0, batch.Count);
            Assert.True(batch.MoveNext());
            Assert.Equal(2, batch.Count);
            Assert.False(batch.MoveNext());
            Assert.False(batch.MoveNext());
            Assert.Equal(0, batch.Count);
        }
    }

    [Fact]
    public unsafe void ASpanWithoutLabelsHasTheFirstClass()
    {
        var batch = new SpanBatch(Pixel, 3);
        float[] images = new float[12];
        fixed (float* values = images) batch.Set(new(values, null, null), 2, first: 0);
        Assert.Equal(0, batch.Label(1));
    }

    // Labels are the images' numbers.
    private static BatchLoader Loader(int images, int batchSize, ulong seed = 0, bool shuffle = false) =>
        new(Numbered(images), batchSize) { Seed = seed, Shuffle = shuffle };

    private static ImageDataset Numbered(int images) =>
        new("numbered", Pixel, images, new byte[images * Pixel.Count], [.. Enumerable.Range(0, images).Select(i => (byte)i)]);

    private static int[] Order(BatchLoader loader, int epoch)
    {
        var order = new List<int>();
        loader.Start(epoch);
        while (loader.MoveNext()) order.AddRange(Enumerable.Range(0, loader.Count).Select(loader.Label));
        return [.. order];
    }
}
