namespace NoiseGen;

/// <summary>
/// One batch in a caller's spans, neither copied nor retained: the caller pins them, calls <see cref="Set"/> and keeps them pinned for as
/// long as the batch is read. Nothing is allocated.
/// </summary>
internal sealed unsafe class SpanBatch(Shape shape, int outputs) : BatchSource
{
    private float* _images;
    private int* _labels;
    private float* _targets;
    private int _size;
    private int _first;
    private int _place; // −1 before the batch, 0 at it, 1 behind it

    public override Shape Shape => shape;

    public override int Classes => outputs;

    public override int Targets => _targets is null ? 0 : outputs;

    public override int Count => _place == 0 ? _size : 0;

    public override int First => _first;

    /// <summary>Points at a batch, which becomes the current one.</summary>
    /// <param name="examples">All examples of the caller.</param>
    /// <param name="count">Number of images, at least 1.</param>
    /// <param name="first">Index of the first one among them.</param>
    public void Set(PinnedExamples examples, int count, int first)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _images = examples.Images + (nint)first * shape.Count;
        _labels = examples.Labels is null ? null : examples.Labels + first;
        _targets = examples.Targets is null ? null : examples.Targets + (nint)first * outputs;
        (_size, _first, _place) = (count, first, 0);
    }

    public override ReadOnlySpan<float> Target(int image)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)image, (uint)Count, nameof(image));
        return new(_targets + (nint)image * outputs, outputs);
    }

    public override void Start(int epoch) => _place = -1;

    public override bool MoveNext() => _place < 1 && ++_place == 0;

    public override int Label(int image)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)image, (uint)Count, nameof(image));
        return _labels is null ? 0 : _labels[image];
    }

    public override void Load(int first, Span<float> lanes)
    {
        int perElement = LaneBlock.Lanes(shape, Count, first, lanes);
        Span<int> starts = stackalloc int[LaneBlock.Vector];
        for (int lane = 0; lane < perElement; lane += LaneBlock.Vector)
        {
            int images = Math.Clamp(Count - first - lane, 0, LaneBlock.Vector);
            for (int i = 0; i < LaneBlock.Vector; i++) starts[i] = (first + (i < images ? lane + i : 0)) * shape.Count;
            FloatLanes.Load(new(_images, Count * shape.Count), starts, images, shape, lanes[lane..], perElement);
        }
    }
}

/// <summary>Examples in pinned memory.</summary>
/// <param name="images">Image × channel × row × column.</param>
/// <param name="labels">Their classes, or null: every label is then 0.</param>
/// <param name="targets">Image × output, or null.</param>
internal readonly unsafe struct PinnedExamples(float* images, int* labels, float* targets)
{
    public readonly float* Images = images;

    public readonly int* Labels = labels;

    public readonly float* Targets = targets;
}
