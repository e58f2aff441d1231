using System.Runtime.CompilerServices;
using NoiseGen.CompilerServices;

namespace NoiseGen;

// How a step is cut into phases, and the phases into the threads' shares. A lane block goes through a segment on one thread, while it is in that thread's cache.
public abstract partial class NeuralNetwork
{
    private const int Lanes = 32;
    private const int Idle = 0, Busy = 1, Disposed = 2;

    private readonly Arena _parameters;
    private readonly Arena _gradients;
    private readonly Arena _statistics;
    private readonly Arena _packed;
    private readonly Arena _blocks;
    private readonly Arena[] _scratch;
    private readonly Arena _losses;
    private readonly NetworkMemory _memory;
    private readonly NetworkCode _code;
    private readonly NetworkState _state;
    private readonly int[] _labels;
    private readonly NoiseStrength[] _strengths;
    private readonly LinearLayer[] _layers;
    private readonly BatchNormLayer[] _norms;
    private readonly ThreadTeam _team;
    private readonly SpanBatch _spanBatch;
    private int _caller;
    private int _use;

    // What the running phase works on.
    private Action<int> _phase;
    private BatchSource _batch;
    private int _count; // the batch's images: asked once, since what a source says may change while memory is written to
    private NoisePass _pass;
    private int _segment;
    private Optimizer? _optimizer;
    private Distillation? _distillation;
    private readonly Action<int> _measure, _quantize, _disturb, _packForward, _packBackward, _evaluate, _forward, _mergeNorms, _trainLast, _backward, _mergeGradients, _sumScales, _update, _clamp;

    private int BlockCount => (_count + Lanes - 1) / Lanes;

    private Exclusive Enter()
    {
        int before = Interlocked.CompareExchange(ref _use, Busy, Idle);
        ObjectDisposedException.ThrowIf(before == Disposed, this);
        if (before == Busy) throw new InvalidOperationException($"{Description.Name} is in use by another call: a network serves one caller at a time.");
        _caller = Environment.CurrentManagedThreadId;
        return new Exclusive(this);
    }

    private readonly ref struct Exclusive(NeuralNetwork network)
    {
        public void Dispose()
        {
            network._batch = network._spanBatch;
            Volatile.Write(ref network._use, Idle);
        }
    }

    private void Run(Action<int> phase)
    {
        _phase = phase;
        _team.Run();
    }

    private void Run(Action<int> phase, int segment)
    {
        _segment = segment;
        Run(phase);
    }

    private void PackWeights()
    {
        if (Array.Exists(_layers, static layer => layer.IsQuantized))
        {
            Run(_measure);
            Run(_quantize);
        }

        bool isDisturbed = false;
        foreach (LinearLayer layer in _layers) isDisturbed |= layer.BeginNoise(_pass);
        if (isDisturbed) Run(_disturb);
        Run(_packForward);
    }

    private void BeginEvaluation(uint draw)
    {
        UseScales();
        for (int site = 0; site < _strengths.Length; site++) _strengths[site] = Noise[site].EvaluationStrength;
        _pass = new NoisePass(new NoiseKey(Seed, draw, Evaluation: true), _strengths, 0) { DriftTime = DriftTime };
        foreach (BatchNormLayer norm in _norms) norm.UseRunning();
        PackWeights();
    }

    private void Begin(BatchSource batch)
    {
        int count = batch.Count;
        CheckCount(count, "batches");
        (_batch, _count) = (batch, count);
    }

    private BatchTotals EvaluateBatch(BatchSource batch)
    {
        Begin(batch);
        _pass = _pass with { FirstImage = batch.First };
        Run(_evaluate);
        return Totals();
    }

    private void BeginTraining(BatchSource batch)
    {
        Begin(batch);
        UseScales();
        SetTrainStrengths();
        _pass = new NoisePass(new NoiseKey(Seed, Step, Evaluation: false), _strengths, 0, Noise.PerImage);
        PackWeights();
    }

    private StepResult TrainBatch(BatchSource batch)
    {
        BeginTraining(batch);
        Run(_packBackward);
        if (IsCollecting)
        {
            CollectScales();
            BackwardThroughScales();
        }
        else
        {
            ForwardAndBackward();
        }

        if (Array.Exists(_layers, static layer => layer.IsQuantized))
        {
            Run(_sumScales);
            foreach (LinearLayer layer in _layers) layer.AddScaleGradients();
        }

        foreach (LearnedScale scale in _scales) scale.StoreGradient();
        BatchTotals totals = Totals();
        return new StepResult((float)(totals.Loss / totals.Count), totals.Correct, totals.Count);
    }

    // All segments but the last, which training joins with the loss.
    private void ForwardSegments()
    {
        for (int segment = 0; segment < _code.ForwardSegments - 1; segment++)
        {
            Run(_forward, segment);
            Run(_mergeNorms, segment);
        }
    }

    private void ForwardAndBackward()
    {
        foreach (LearnedScale scale in _scales) scale.BeginGradients();
        ForwardSegments();
        Run(_trainLast, _code.ForwardSegments - 1);
        Run(_mergeGradients, 0);
        for (int segment = 1; segment < _code.BackwardSegments; segment++)
        {
            Run(_backward, segment);
            Run(_mergeGradients, segment);
        }
    }

    private StepResult TakeStep(BatchSource batch, Optimizer optimizer)
    {
        Attach(optimizer);

        StepResult result = TrainBatch(batch);
        if (!float.IsFinite(result.Loss)) return result;
        foreach (BatchNormLayer norm in _norms) norm.UpdateRunning();
        optimizer.Begin();
        _optimizer = optimizer;
        Run(_update);
        if (WeightLimit is not null) Run(_clamp);
        foreach (LearnedScale scale in _scales) scale.EndStep();
        Step++;
        return result;
    }

    internal void Attach(Optimizer optimizer)
    {
        if (ReferenceEquals(optimizer.Owner, this)) return;
        if (optimizer.Owner is not null)
            throw new ArgumentException("This optimizer serves another network; its state belongs to that network's parameters, so give each network its own.", nameof(optimizer));
        optimizer.Attach(_parameters.Length);
        optimizer.Owner = this;
    }

    private void Measure(int thread)
    {
        foreach (LinearLayer layer in _layers) layer.Measure(thread, Threads);
    }

    private void Quantize(int thread)
    {
        foreach (LinearLayer layer in _layers) layer.Quantize(thread, Threads);
    }

    private void Disturb(int thread)
    {
        foreach (LinearLayer layer in _layers) layer.Disturb(thread, Threads);
    }

    // A block stays with its thread through all segments of a step, and so in that thread's cache.
    private void EvaluateBlocks(int thread)
    {
        for (int block = FirstBlock(thread); block < FirstBlock(thread + 1); block++)
        {
            BlockMemory memory = MemoryOf(block, thread);
            Load(block, memory);
            _code.Evaluate(_state, memory, _pass, _pass.FirstImage + block * Lanes);
            TakeLoss(block, memory);
        }
    }

    private void ForwardSegment(int thread)
    {
        for (int block = FirstBlock(thread); block < FirstBlock(thread + 1); block++) ForwardSegment(block, MemoryOf(block, thread));
    }

    private void ForwardSegment(int block, in BlockMemory memory)
    {
        if (_segment == 0) Load(block, memory);
        _code.Forward(_segment, _state, memory, _pass, block * Lanes);
    }

    // The forward pass's last segment, the loss, and the backward pass's first.
    private void TrainLastSegment(int thread)
    {
        for (int block = FirstBlock(thread); block < FirstBlock(thread + 1); block++)
        {
            BlockMemory memory = MemoryOf(block, thread);
            ForwardSegment(block, memory);
            TakeLoss(block, memory);
            _code.Backward(0, _state, memory, _pass, block * Lanes);
        }
    }

    private void BackwardSegment(int thread)
    {
        for (int block = FirstBlock(thread); block < FirstBlock(thread + 1); block++) _code.Backward(_segment, _state, MemoryOf(block, thread), _pass, block * Lanes);
    }

    private int FirstBlock(int thread) => Share.Start(BlockCount, thread, Threads);

    private void Load(int block, in BlockMemory memory)
    {
        int first = block * Lanes;
        Span<float> input = _code.Input(memory);
        _batch.Load(first, input);
        if (!_batch.IsFinite && !FiniteLanes.All(input)) throw Refusal(first, input, memory.Images);
        if (_batch.Targets > 0) return;
        for (int lane = 0; lane < Lanes; lane++) _labels[first + lane] = lane < memory.Images ? LabelOf(first + lane) : 0;
    }

    private void TakeLoss(int block, in BlockMemory memory)
    {
        int first = block * Lanes;
        if (_batch.Targets > 0)
        {
            LoadTargets(block, memory);
            MeanSquaredError.Block(
                ref _code.Logits(memory), ref _code.LogitGradients(memory), ref _losses.At(first * 2), Classes, memory.Images, _count);
            return;
        }

        CrossEntropy.Block(
            ref _code.Logits(memory), ref _code.LogitGradients(memory), ref _labels[first], ref _losses.At(first * 2), Classes, memory.Images, _count);
        if (_pass.IsTraining && LabelSmoothing > 0f)
        {
            NoiseGen.LabelSmoothing.Block(
                ref _code.Logits(memory), ref _code.LogitGradients(memory), ref _labels[first], ref _losses.At(first * 2), Classes, memory.Images, _count, LabelSmoothing);
        }

        if (_distillation is { } distillation)
        {
            distillation.Block(
                ref _code.Logits(memory), ref distillation.LogitsOf(block), ref _code.LogitGradients(memory), ref _losses.At(first * 2), Classes, memory.Images, _count);
        }
    }

    private int LabelOf(int image)
    {
        int label = _batch.Label(image);
        return (uint)label < (uint)Classes
            ? label
            : throw new ArgumentException($"The label of image {_batch.First + image} is {label}; allowed are 0 … {Classes - 1}.");
    }

    private ArgumentException Refusal(int first, ReadOnlySpan<float> input, int images)
    {
        (int element, int lane) = FiniteLanes.First(input, Lanes, Lanes)!.Value;
        float value = input[element * Lanes + lane];
        if (lane >= images) return new ArgumentException($"{_batch.GetType().Name} leaves {value} in a lane past the batch's last image, where zeros belong.");
        (int channels, int width) = (Description.Input.Channels, Description.Input.Width);
        return new ArgumentException(
            $"Image {_batch.First + first + lane} has the value {value} at channel {element % channels}, row {element / channels / width}, "
            + $"column {element / channels % width}; allowed are finite numbers.");
    }

    private BlockMemory MemoryOf(int block, int thread) => new(
        ref _parameters.At(0), ref _packed.At(0), ref _blocks.At((nint)block * _memory.BlockFloats), ref _scratch[thread].At(0),
        block, Math.Min(Lanes, _count - block * Lanes));

    private void MergeNorms(int thread) => _code.MergeNorms(_segment, _state, BlockCount, thread, Threads);

    private void MergeGradients(int thread) => _code.MergeGradients(_segment, _state, MemoryOf(0, thread), BlockCount, thread, Threads);

    private void SumScales(int thread)
    {
        foreach (LinearLayer layer in _layers) layer.SumScaleGradients(thread, Threads);
    }

    private void Update(int thread)
    {
        int vectors = _parameters.Length / 16;
        int start = Share.Start(vectors, thread, Threads) * 16;
        int length = Share.Start(vectors, thread + 1, Threads) * 16 - start;
        if (length > 0) _optimizer!.Update(_parameters.Span(start, length), _gradients.Span(start, length), start);
    }

    private void ClampWeights(int thread)
    {
        foreach (LinearLayer layer in _layers) layer.Clamp(WeightLimit!.Value, thread, Threads);
    }

    // In double and in the images' order: a result must not depend on how the images were divided.
    private BatchTotals Totals()
    {
        var totals = new BatchTotals(0, 0, _count);
        for (int image = 0; image < _count; image++)
        {
            ref float losses = ref _losses.At(image / Lanes * Lanes * 2 + image % Lanes);
            totals += new BatchTotals(losses, (int)Unsafe.Add(ref losses, Lanes), 0);
        }

        return totals;
    }

    private void CopyLogits(Span<float> logits)
    {
        for (int image = 0; image < _count; image++)
        {
            ref float lane = ref Unsafe.Add(ref _code.Logits(MemoryOf(image / Lanes, 0)), image % Lanes);
            for (int c = 0; c < Classes; c++) logits[image * Classes + c] = Unsafe.Add(ref lane, c * Lanes);
        }
    }

    private readonly record struct BatchTotals(double Loss, int Correct, int Count)
    {
        public static BatchTotals operator +(BatchTotals a, BatchTotals b) => new(a.Loss + b.Loss, a.Correct + b.Correct, a.Count + b.Count);
    }
}
