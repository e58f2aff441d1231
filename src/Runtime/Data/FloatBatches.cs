namespace NoiseGen;

/// <summary>Batches of images given as floats, used as they are: spectra, features, anything that is not a picture of bytes. Loading allocates nothing.</summary>
public sealed class FloatBatches : StoredBatches
{
    private readonly ReadOnlyMemory<float> _images;
    private readonly ReadOnlyMemory<int> _labels;

    /// <param name="shape">Shape of one image.</param>
    /// <param name="classes">Number of classes, at least 1.</param>
    /// <param name="images">Image × channel × row × column. Not copied.</param>
    /// <param name="labels">The class of each image, 0 … <paramref name="classes"/> − 1. Not copied.</param>
    /// <param name="batchSize">Images in a batch, at least 1.</param>
    /// <exception cref="ArgumentException">The shape has no elements, there is no image, the images are not as many as the labels, or a label is not a class.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no class, or the batch size is below 1.</exception>
    public FloatBatches(Shape shape, int classes, ReadOnlyMemory<float> images, ReadOnlyMemory<int> labels, int batchSize) : base(labels.Length, batchSize)
    {
        shape.Check(nameof(FloatBatches), nameof(shape));
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (labels.Length == 0) throw new ArgumentException("At least one image is needed; found no labels.", nameof(labels));
        if (images.Length != (long)labels.Length * shape.Count)
            throw new ArgumentException($"{labels.Length} labels need {(long)labels.Length * shape.Count} values of images of {shape}; found {images.Length}.", nameof(images));
        ClassLabels.Check(labels.Span, classes);
        (Shape, Classes, _images, _labels) = (shape, classes, images, labels);
    }

    /// <inheritdoc/>
    public override Shape Shape { get; }

    /// <inheritdoc/>
    public override int Classes { get; }

    /// <inheritdoc/>
    public override int Label(int image) => _labels.Span[Stored(image)];

    /// <inheritdoc/>
    public override void Load(int first, Span<float> lanes)
    {
        int perElement = LaneBlock.Lanes(Shape, Count, first, lanes);
        Span<int> starts = stackalloc int[LaneBlock.Vector];
        for (int lane = 0; lane < perElement; lane += LaneBlock.Vector)
        {
            int images = Math.Clamp(Count - first - lane, 0, LaneBlock.Vector);
            for (int i = 0; i < LaneBlock.Vector; i++) starts[i] = Stored(first + (i < images ? lane + i : 0)) * Shape.Count;
            FloatLanes.Load(_images.Span, starts, images, Shape, lanes[lane..], perElement);
        }
    }
}
