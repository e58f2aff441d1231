namespace NoiseGen;

/// <summary>
/// Batches of a data set's images, shuffled, augmented and normalised as they are loaded. Order and augmentation are pure functions of
/// seed, epoch and image: the same on any number of threads. Loading allocates nothing.
/// </summary>
public sealed class BatchLoader : StoredBatches
{
    private readonly ImageDataset _data;

    /// <param name="data">The images.</param>
    /// <param name="batchSize">Images in a batch, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is below 1.</exception>
    public BatchLoader(ImageDataset data, int batchSize)
        : base((data ?? throw new ArgumentNullException(nameof(data))).Count, batchSize) => _data = data;

    /// <inheritdoc/>
    public override Shape Shape => _data.Shape;

    /// <inheritdoc/>
    public override int Classes => _data.Classes;

    internal override bool IsFinite => true;

    internal override IReadOnlyList<(string Name, string Value)> Settings =>
    [
        ("data", _data.Name), .. base.Settings, ("normalization", _data.Normalization.ToString()),
    ];

    /// <inheritdoc/>
    public override int Label(int image) => _data.Labels[Stored(image)];

    /// <inheritdoc/>
    public override void Load(int first, Span<float> lanes)
    {
        int perElement = LaneBlock.Lanes(Shape, Count, first, lanes);
        Span<ImageWindow> windows = stackalloc ImageWindow[LaneBlock.Vector];
        for (int lane = 0; lane < perElement; lane += LaneBlock.Vector)
        {
            int images = Math.Clamp(Count - first - lane, 0, LaneBlock.Vector);
            // an empty lane holds any image and is masked
            for (int i = 0; i < LaneBlock.Vector; i++) windows[i] = Window(first + (i < images ? lane + i : 0));
            LoadSixteen(windows, images, lanes[lane..], perElement);
        }
    }

    private ImageWindow Window(int image)
    {
        int stored = Stored(image);
        (int row, int column, bool flip) = Augmentation.Draw(Seed, Epoch, stored, Shape);
        return new(stored * Shape.Count, row, column, flip);
    }

    // Sixteen images: every element's lanes are one vector, `stride` floats from the next element's.
    private void LoadSixteen(ReadOnlySpan<ImageWindow> windows, int images, Span<float> lanes, int stride)
    {
        Shape shape = Rows();
        for (int channel = 0; channel < shape.Channels; channel++)
        {
            var input = new LaneInput(_data.Normalization, channel, images);
            for (int row = 0; row < shape.Height; row++)
                LoadRow(windows, shape, channel, row, lanes[((row * shape.Width * shape.Channels + channel) * stride)..],
                    stride * shape.Channels, input);
        }
    }

    private void LoadRow(
        ReadOnlySpan<ImageWindow> windows, Shape shape, int channel, int row, Span<float> lanes, int stride, in LaneInput input)
    {
        ReadOnlySpan<byte> pixels = _data.Pixels;
        ByteTile tile = default;
        for (int column = 0; column < shape.Width; column += ByteTile.Size)
        {
            for (int i = 0; i < windows.Length; i++) tile.SetRow(i, windows[i].Sixteen(pixels, shape, channel, row, column));
            int count = Math.Min(ByteTile.Size, shape.Width - column);
            _ = lanes[(column + count - 1) * stride + LaneBlock.Vector - 1]; // the one bounds check of what is written
            tile.Store(count, ref lanes[column * stride], stride, input);
        }
    }

    // Rows that crop and flip act on; without them, long rows if all elements of a row share their normalisation.
    private Shape Rows() => Augmentation.Changes || (Shape.IsFlat && !_data.Normalization.IsUniform) ? Shape : LaneBlock.LongRows(Shape);
}
