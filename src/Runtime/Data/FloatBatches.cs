namespace NoiseGen;

/// <summary>
/// Batches of images given as floats and used unchanged: tables, spectra, signals, anything that is not an image of bytes. Each has a
/// label, or targets if a network learns numbers. Loading allocates nothing.
/// </summary>
public sealed class FloatBatches : IndexedBatches
{
    private readonly ReadOnlyMemory<float> _images;
    private readonly ReadOnlyMemory<int> _labels;
    private readonly ReadOnlyMemory<float> _targets;

    /// <summary>Images with labels.</summary>
    /// <param name="shape">Shape of one image; one number for a flat vector.</param>
    /// <param name="classes">Number of classes, at least 1.</param>
    /// <param name="images">Image × channel × row × column. Not copied.</param>
    /// <param name="labels">The class of each image, 0 … <paramref name="classes"/> − 1. Not copied.</param>
    /// <param name="batchSize">Images in a batch, at least 1.</param>
    /// <exception cref="ArgumentException">The shape has no elements, there is no image, the images are not as many as the labels,
    /// or a label is not a class.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no class, or the batch size is below 1.</exception>
    public FloatBatches(Shape shape, int classes, ReadOnlyMemory<float> images, ReadOnlyMemory<int> labels, int batchSize)
        : base(CountOf(labels.Length, "labels"), batchSize)
    {
        shape.Check(nameof(FloatBatches), nameof(shape));
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (images.Length != (long)labels.Length * shape.Count)
            throw new ArgumentException(
                $"{labels.Length} labels need {(long)labels.Length * shape.Count} values of images of {shape}; found {images.Length}.",
                nameof(images));
        ClassLabels.Check(labels.Span, classes);
        (Shape, Classes, _images, _labels) = (shape, classes, images, labels);
    }

    /// <summary>Images with targets: numbers that a network learns to predict, by the mean squared error.</summary>
    /// <param name="shape">Shape of one image; one number for a flat vector.</param>
    /// <param name="images">Image × channel × row × column. Not copied.</param>
    /// <param name="targets">Image × target, the same number of targets for each image, at least 1. Not copied.</param>
    /// <param name="batchSize">Images in a batch, at least 1.</param>
    /// <exception cref="ArgumentException">The shape has no elements, there is no image, or images or targets are not a whole number for
    /// each.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is below 1.</exception>
    public FloatBatches(Shape shape, ReadOnlyMemory<float> images, ReadOnlyMemory<float> targets, int batchSize)
        : base(CountOf(shape, images.Length), batchSize)
    {
        int count = images.Length / shape.Count;
        if (targets.Length == 0 || targets.Length % count != 0)
            throw new ArgumentException(
                $"{count} images need the same number of targets each, at least 1; {targets.Length} values are not a whole number for "
                    + $"each.", nameof(targets));
        (Shape, Classes, Targets, _images, _targets) = (shape, 1, targets.Length / count, images, targets);
    }

    /// <inheritdoc/>
    public override Shape Shape { get; }

    /// <summary>Number of classes; 1 if there are targets.</summary>
    public override int Classes { get; }

    /// <inheritdoc/>
    public override int Targets { get; }

    /// <inheritdoc/>
    public override void Load(int first, Span<float> lanes)
    {
        if (Augmentation.Changes)
        {
            base.Load(first, lanes);
            return;
        }

        // Read in place.
        int perElement = LaneBlock.Lanes(Shape, Count, first, lanes);
        Span<int> starts = stackalloc int[LaneBlock.Vector];
        for (int lane = 0; lane < perElement; lane += LaneBlock.Vector)
        {
            int images = Math.Clamp(Count - first - lane, 0, LaneBlock.Vector);
            for (int i = 0; i < LaneBlock.Vector; i++) starts[i] = Stored(first + (i < images ? lane + i : 0)) * Shape.Count;
            FloatLanes.Load(_images.Span, starts, images, Shape, lanes[lane..], perElement);
        }
    }

    /// <inheritdoc/>
    protected override void Read(int image, Span<float> values) => _images.Span.Slice(image * Shape.Count, Shape.Count).CopyTo(values);

    /// <inheritdoc/>
    protected override int LabelOf(int image) => _labels.IsEmpty ? 0 : _labels.Span[image];

    /// <inheritdoc/>
    protected override ReadOnlySpan<float> TargetOf(int image) =>
        Targets == 0 ? base.TargetOf(image) : _targets.Span.Slice(image * Targets, Targets);

    private static int CountOf(int images, string found) =>
        images > 0 ? images : throw new ArgumentException($"At least one image is needed; found no {found}.", found);

    private static int CountOf(Shape shape, int values)
    {
        shape.Check(nameof(FloatBatches), nameof(shape));
        return values > 0 && values % shape.Count == 0
            ? values / shape.Count
            : throw new ArgumentException(
                $"Images of {shape} have {shape.Count} values each; {values} values are not a whole number of them, at least 1.", "images");
    }
}
