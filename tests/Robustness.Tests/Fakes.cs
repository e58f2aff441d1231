namespace NoiseGen.Tests;

/// <summary>Batches without images.</summary>
internal sealed class FakeBatches(params int[] counts) : BatchSource
{
    private int _batch = -1;

    public List<int> Epochs { get; } = [];

    public override Shape Shape => new(1);

    public override int Classes => 10;

    public override int Count => counts[_batch];

    public override int First => counts.Take(_batch).Sum();

    public override void Start(int epoch)
    {
        Epochs.Add(epoch);
        _batch = -1;
    }

    public override bool MoveNext() => ++_batch < counts.Length;

    public override int Label(int image) => 0;

    public override void Load(int first, Span<float> lanes) => lanes.Clear();
}

internal sealed class FakeOptimizer(float learningRate) : Optimizer(learningRate)
{
    protected internal override void Attach(int length) { }

    protected internal override void BeginStep() { }

    protected internal override void Update(Span<float> parameters, ReadOnlySpan<float> gradients, int start) { }
}

internal static class FakeNetwork
{
    /// <summary>Noise sites of a network with one dense stage.</summary>
    public static NoiseSites Sites(params string[] names) => new(new NetworkDescription(
        "Fake", new Shape(1), [],
        [.. names.Select(name => new NoiseSiteDescription(name, 0, NoiseGen.Sites.Linear, new Shape(1), "Additive"))]), [null]);
}

/// <summary>A network for trainers whose steps are others.</summary>
[Network(1)]
[Noise<Additive>(Sites.Linear)]
internal sealed partial class TwoSites
{
    [Dense(4)] public partial Stage A { get; }

    [Dense(10)] public partial Stage B { get; }
}

/// <summary>The same without noise.</summary>
[Network(1)]
internal sealed partial class NoSites
{
    [Dense(10)] public partial Stage A { get; }
}

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class ManualClock : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public void Advance(TimeSpan time) => _ticks += time.Ticks;
}
