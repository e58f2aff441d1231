namespace NoiseGen;
internal sealed unsafe class SpanBatch(Shape shape, int classes) : BatchSource
{
    private float* _images; private int* _labels; private int _count, _first;
    public void Set(float* images, int* labels, int count, int first) { _images = images; _labels = labels; _count = count; _first = first; }
    public override Shape Shape => shape;
    public override int Classes => classes;
    public override int Count => _count;
    public override int First => _first;
    public override void Start(int epoch) { }
    public override bool MoveNext() => false;
    public override int Label(int image) => _labels is null ? 0 : _labels[image];
    public override void Load(int first, Span<float> lanes)
    {
        int L = lanes.Length / shape.Count, hw = shape.Height * shape.Width;
        for (int p = 0; p < hw; p++) for (int c = 0; c < shape.Channels; c++) for (int l = 0; l < L; l++)
            lanes[(p * shape.Channels + c) * L + l] = first + l < _count ? _images[(nint)(first + l) * shape.Count + c * hw + p] : 0f;
    }
}
