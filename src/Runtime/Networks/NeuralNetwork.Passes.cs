using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NoiseGen.CompilerServices;

namespace NoiseGen;

// How a step is cut into phases, and the phases into pieces that threads take: lane blocks, each of which goes through a segment on one thread, while it is in that
// thread's cache, or shares of what is done once for a batch.
public abstract partial class NeuralNetwork
{
    private const int Lanes = LaneLayout.Lanes;

    // Enough for threads to help each other out, and few enough to find what a tile's neighbours have read in the cache.
    private const int SharesOfThread = 4;

    private readonly NetworkModel _model;
    private readonly Arena _parameters;
    private readonly Arena _gradients;
    private readonly Arena _statistics;
    private readonly WorkMemory _work;
    private readonly Arena[] _scratch;
    private readonly Arena _logits;
    private readonly Arena _losses;
    private readonly NetworkMemory _memory;
    private readonly NetworkCode _code;
    private readonly NetworkState _state;
    private readonly int[] _labels;
    private readonly NoiseStrength[] _strengths;
    private readonly LinearLayer[] _layers;
    private readonly BatchNormLayer[] _norms;
    private readonly Pieces _pieces;
    private readonly SpanBatch _spanBatch;
    private readonly object _identity = new(); // what an optimizer remembers of its network, and does not keep it alive by

    // What the running phase does with a piece, given its number and the thread's, and what it works on.
    private Action<int, int> _phase;
    private BatchSource _batch;
    private int _count; // the batch's images: asked once, since what a source says may change while memory is written to
    private NoisePass _pass;
    private int _segment;
    private int _gradientPhase;
    private Optimizer? _optimizer;
    private DistillationLoss? _distillation;
    private readonly Action<int, int> _evaluate, _forward, _trainLast, _backward;
    private readonly Action<int> _takePieces;
    private readonly Action<int, int> _measure, _quantize, _disturb, _packAll, _packSegment, _beginSegment, _mergeGradients, _endGradients, _sumScales, _update, _clamp;

    private int BlockCount => (_count + Lanes - 1) / Lanes;

    private int Shares => Threads == 1 ? 1 : Threads * SharesOfThread;

    private void RunBlocks(Action<int, int> phase, int segment)
    {
        _segment = segment;
        Run(phase, BlockCount);
    }

    private void RunShares(Action<int, int> phase) => Run(phase, Shares);

    private void RunShares(Action<int, int> phase, int segment)
    {
        _segment = segment;
        RunShares(phase);
    }

    private void Run(Action<int, int> phase, int pieces)
    {
        _phase = phase;
        _pieces.Begin(pieces);
        _team.Run(_takePieces);
    }

    private void TakePieces(int thread)
    {
        while (_pieces.Take(thread) is { } piece) _phase(piece, thread);
    }

    // What the passes compute with: quantized, and disturbed.
    private void PrepareWeights()
    {
        if (Array.Exists(_layers, static layer => layer.Trained.IsQuantized))
        {
            RunShares(_measure);
            RunShares(_quantize);
        }

        bool isDisturbed = false;
        foreach (LinearLayer layer in _layers) isDisturbed |= layer.Trained.BeginNoise(_pass);
        if (isDisturbed) RunShares(_disturb);
    }

    private void PrepareEvaluation()
    {
        foreach (BatchNormLayer norm in _norms) norm.UseRunning();
        PrepareWeights();
        if (_memory.PacksWeights) RunShares(_packAll);
    }

    private void BeginEvaluation(uint draw)
    {
        UseScales();
        for (int site = 0; site < _strengths.Length; site++) _strengths[site] = Noise[site].EvaluationStrength;
        _pass = new NoisePass(new NoiseKey(Seed, draw, Evaluation: true), _strengths, 0) { DriftTime = DriftTime };
        PrepareEvaluation();
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
        Run(_evaluate, BlockCount);
        return Totals();
    }

    private void BeginTraining(BatchSource batch)
    {
        Begin(batch);
        LoadLossWeights();
        UseScales();
        SetTrainStrengths();
        _pass = new NoisePass(new NoiseKey(Seed, Step, Evaluation: false), _strengths, 0, Noise.PerImage);
        PrepareWeights();
    }

    private StepResult TrainBatch(BatchSource batch)
    {
        BeginTraining(batch);
        if (IsCollecting)
        {
            CollectScales();
            BackwardThroughScales();
        }
        else
        {
            ForwardAndBackward();
        }

        if (Array.Exists(_layers, static layer => layer.Trained.IsQuantized))
        {
            RunShares(_sumScales);
            foreach (LinearLayer layer in _layers) layer.Trained.AddScaleGradients(layer.Gradients);
        }

        foreach (LearnedScale scale in _scales) scale.StoreGradient();
        BatchTotals totals = Totals();
        return new StepResult((float)(totals.Loss / totals.Count), totals.Correct, totals.Count) { HasTargets = _batch.Targets > 0 };
    }

    // All segments but the last, which training joins with the loss.
    private void ForwardSegments(Action<int, int> phase)
    {
        if (_memory.PacksWeights) RunShares(_packSegment, 0);
        for (int segment = 0; segment < _code.ForwardSegments - 1; segment++)
        {
            RunBlocks(phase, segment);
            RunShares(_beginSegment, segment + 1);
        }
    }

    private void ForwardAndBackward()
    {
        foreach (LearnedScale scale in _scales) scale.BeginGradients();
        ForwardSegments(_forward);
        RunBlocks(_trainLast, _code.ForwardSegments - 1);
        RunGradients(0);
        for (int segment = 1; segment < _code.BackwardSegments; segment++)
        {
            RunBlocks(_backward, segment);
            RunGradients(segment);
        }
    }

    private void RunGradients(int segment)
    {
        int phases = _code.GradientPhases(segment, BlockCount);
        for (_gradientPhase = 0; _gradientPhase < phases - 1; _gradientPhase++) RunShares(_mergeGradients, segment);
        RunShares(_endGradients, segment);
    }

    private StepResult TakeStep(BatchSource batch, Optimizer optimizer)
    {
        Attach(optimizer);

        StepResult result = TrainBatch(batch);
        if (!float.IsFinite(result.Loss)) return result;
        foreach (BatchNormLayer norm in _norms) norm.UpdateRunning();
        if (optimizer.ClipNorm is { } limit) ClipGradients(limit);
        optimizer.Begin();
        _optimizer = optimizer;
        RunShares(_update);
        if (WeightLimit is not null) RunShares(_clamp);
        foreach (LearnedScale scale in _scales) scale.EndStep();
        Step++;
        return result;
    }

    internal void Attach(Optimizer optimizer)
    {
        if (ReferenceEquals(optimizer.Owner, _identity)) return;
        if (optimizer.Owner is not null)
            throw new ArgumentException("This optimizer serves another network; its state belongs to that network's parameters, so give each network its own.", nameof(optimizer));
        optimizer.Attach(_parameters.Length);
        optimizer.Owner = _identity;
    }

    private void Measure(int share, int thread)
    {
        foreach (LinearLayer layer in _layers) layer.Trained.Measure(share, Shares);
    }

    private void Quantize(int share, int thread)
    {
        foreach (LinearLayer layer in _layers) layer.Trained.Quantize(share, Shares);
    }

    private void Disturb(int share, int thread)
    {
        foreach (LinearLayer layer in _layers) layer.Trained.Disturb(share, Shares);
    }

    private void EvaluateBlock(int block, int thread)
    {
        Load(block, EvaluationMemory(0, block, thread));
        for (int segment = 0; segment < _code.ForwardSegments; segment++)
            _code.Forward(segment, _state, EvaluationMemory(segment, block, thread), _pass, _pass.FirstImage + block * Lanes);
        BlockMemory memory = EvaluationMemory(_code.ForwardSegments - 1, block, thread);
        TakeLoss(block, memory);
        MemoryMarshal.CreateReadOnlySpan(ref _code.Logits(memory), Classes * Lanes).CopyTo(LogitsOf(block));
    }

    private void ForwardSegment(int block, int thread) => ForwardSegment(block, MemoryOf(block, thread));

    private void ForwardSegment(int block, in BlockMemory memory)
    {
        if (_segment == 0) Load(block, memory);
        _code.Forward(_segment, _state, memory, _pass, block * Lanes);
    }

    // The forward pass's last segment, the loss, and the backward pass's first.
    private void TrainLastSegment(int block, int thread)
    {
        BlockMemory memory = MemoryOf(block, thread);
        ForwardSegment(block, memory);
        TakeLoss(block, memory);
        WeightLoss(block, memory);
        _code.Backward(0, _state, memory, _pass, block * Lanes);
    }

    private void BackwardSegment(int block, int thread) => _code.Backward(_segment, _state, MemoryOf(block, thread), _pass, block * Lanes);

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
                block, ref _code.Logits(memory), ref _code.LogitGradients(memory), ref _losses.At(first * 2), Classes, memory.Images, _count);
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

    private BlockMemory MemoryOf(int block, int thread) => Memory(ref _work.Packed, ref _work.Block(block), block, thread);

    private BlockMemory EvaluationMemory(int segment, int block, int thread) =>
        Memory(ref Unsafe.Add(ref _work.PackedForEvaluation, _code.PackedStarts[segment]), ref _work.BlockForEvaluation(block, thread), block, thread);

    private BlockMemory Memory(ref float packed, ref float memory, int block, int thread) => new(
        ref _parameters.At(0), ref packed, ref _work.PackedBackward, ref _work.Zeros, ref memory, ref _scratch[thread].At(0), block, Math.Min(Lanes, _count - block * Lanes));

    private void PackAll(int share, int thread)
    {
        for (int segment = 0; segment < _code.ForwardSegments; segment++)
            _code.PackForward(segment, _state, ref Unsafe.Add(ref _work.PackedForEvaluation, _code.PackedStarts[segment]), share, Shares);
    }

    // For training, whose first backward segment follows the last forward one at once.
    private void PackSegment(int share, int thread)
    {
        _code.PackForward(_segment, _state, ref _work.Packed, share, Shares);
        if (_segment == _code.ForwardSegments - 1) _code.PackBackward(0, _state, ref _work.PackedBackward, share, Shares);
    }

    // Ends the segment before: its norm's statistics of the whole batch.
    private void BeginSegment(int share, int thread)
    {
        _code.MergeNorms(_segment - 1, _state, BlockCount, share, Shares);
        PackSegment(share, thread);
    }

    private void MergeGradients(int share, int thread)
    {
        BlockMemory memory = MemoryOf(0, thread);
        if (_gradientPhase == 0) _code.MergeGradients(_segment, _state, memory, BlockCount, share, Shares);
        _code.MergeGradientPhase(_segment, _gradientPhase, _state, memory, BlockCount, share, Shares);
    }

    // With the last phase, the weights that the next segment reads: they are still in the cache then.
    private void EndGradients(int share, int thread)
    {
        MergeGradients(share, thread);
        if (_segment + 1 < _code.BackwardSegments) _code.PackBackward(_segment + 1, _state, ref _work.PackedBackward, share, Shares);
    }

    private void SumScales(int share, int thread)
    {
        foreach (LinearLayer layer in _layers) layer.Trained.SumScaleGradients(layer.Gradients, share, Shares);
    }

    private void Update(int share, int thread)
    {
        int vectors = _parameters.Length / 16;
        int start = Share.Start(vectors, share, Shares) * 16;
        int length = Share.Start(vectors, share + 1, Shares) * 16 - start;
        if (length > 0) _optimizer!.Update(_parameters.Span(start, length), _gradients.Span(start, length), start);
    }

    private void ClampWeights(int share, int thread)
    {
        foreach (LinearLayer layer in _layers) layer.Trained.Clamp(WeightLimit!.Value, share, Shares);
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

    private Span<float> LogitsOf(int block) => _logits.Span(block * Classes * Lanes, Classes * Lanes);

    private void CopyLogits(Span<float> logits)
    {
        for (int image = 0; image < _count; image++)
        {
            ref float lane = ref LogitsOf(image / Lanes)[image % Lanes];
            for (int c = 0; c < Classes; c++) logits[image * Classes + c] = Unsafe.Add(ref lane, c * Lanes);
        }
    }

    private readonly record struct BatchTotals(double Loss, int Correct, int Count)
    {
        public EvaluationResult Result(bool hasTargets) => new(Loss / Count, Correct, Count) { HasTargets = hasTargets };

        public static BatchTotals operator +(BatchTotals a, BatchTotals b) => new(a.Loss + b.Loss, a.Correct + b.Correct, a.Count + b.Count);
    }
}
