using System.Diagnostics;
using NoiseGen.Benchmarks.Contest;

namespace NoiseGen.Benchmarks.Tracing;

/// <summary>The workload's batch, with time stamps around bringing its images into lanes.</summary>
internal sealed class TracedBatch : BatchSource
{
    private readonly FloatBatches _batch;
    private readonly CallTrace _trace;
    private readonly int _call;

    /// <param name="shape">Shape of an image.</param>
    /// <param name="workload">The batch.</param>
    /// <param name="trace">Receives the times.</param>
    /// <param name="call">The call's number.</param>
    public TracedBatch(Shape shape, Workload workload, CallTrace trace, int call)
    {
        (_trace, _call) = (trace, call);
        _batch = new FloatBatches(shape, Workload.Classes, workload.Images, workload.Labels, workload.Batch);
        _batch.Start(0);
        _batch.MoveNext();
    }

    public override Shape Shape => _batch.Shape;

    public override int Classes => _batch.Classes;

    public override int Count => _batch.Count;

    public override int First => _batch.First;

    public override void Start(int epoch) => _batch.Start(epoch);

    public override bool MoveNext() => _batch.MoveNext();

    public override int Label(int image) => _batch.Label(image);

    public override void Load(int first, Span<float> lanes)
    {
        long started = Stopwatch.GetTimestamp();
        _batch.Load(first, lanes);
        _trace.Ended(_call, started);
    }
}
