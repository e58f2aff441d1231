using System.ComponentModel;
using NoiseGen.CompilerServices;

namespace NoiseGen;

// The contract with generated code: what its constructor passes in.
public abstract partial class NeuralNetwork
{
    // Far above any machine's: a typing error is found here, not by a process that dies of its threads.
    private const int MostThreads = 1024;

    /// <summary>For generated code: builds the network from its declaration and its memory plan.</summary>
    /// <param name="description">The declaration.</param>
    /// <param name="code">The generated passes.</param>
    /// <param name="memory">The memory plan.</param>
    /// <param name="seed">Seeds the parameters and all noise.</param>
    /// <param name="batchSize">The most images that one step takes, at least 1.</param>
    /// <param name="threads">
    /// Threads, 1 … 1024; 0 for one on each processor. A platform that cannot start any has one: see <see cref="Threads"/>.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not allowed.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected NeuralNetwork(NetworkDescription description, NetworkCode code, NetworkMemory memory, ulong seed, int batchSize, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, MostThreads);
        (_code, _memory, BatchSize) = (code, memory, batchSize);
        Threads = PlatformThreads.For(threads);

        int blocks = (int)(((long)batchSize + Lanes - 1) / Lanes);
        _model = new NetworkModel(description, memory.ParameterFloats, memory.StatisticsFloats, seed);
        (_parameters, _gradients, _statistics) = (_model.ParameterMemory, _model.GradientMemory, _model.StatisticsMemory);
        CheckMemory(blocks);
        _work = new WorkMemory(memory, blocks, Threads);
        _scratch = [.. Enumerable.Range(0, Threads).Select(_ => new Arena(memory.ScratchFloats))];
        _logits = new Arena(blocks * Lanes * description.Output.Count);
        _losses = new Arena(blocks * Lanes * 2);
        _labels = new int[blocks * Lanes];
        _lossWeights = new float[blocks * Lanes];
        _strengths = new NoiseStrength[description.NoiseSites.Length];
        _spanBatch = new SpanBatch(description.Input, description.Output.Count);
        _batch = _spanBatch;

        _layers = [.. Enumerable.Range(0, Stages.Count).Where(stage => Stages[stage].Description.Linear is not null).Select(MakeLayer)];
        _norms = [.. description.Stages.Where(stage => stage.Norm is not null)
            .Select(stage => new BatchNormLayer(stage, _parameters, _gradients, _statistics, blocks))];
        _scales = MakeScales();
        _state = new NetworkState(_layers, Stages, _norms, _work, memory.BlockFloats);

        (_measure, _quantize, _disturb) = (Measure, Quantize, Disturb);
        (_packAll, _packSegment, _beginSegment) = (PackAll, PackSegment, BeginSegment);
        (_evaluate, _forward, _trainLast) = (EvaluateBlock, ForwardSegment, TrainLastSegment);
        (_backward, _mergeGradients, _endGradients, _sumScales) = (BackwardSegment, MergeGradients, EndGradients, SumScales);
        (_update, _clamp) = (Update, ClampWeights);
        _phase = _evaluate;
        _pieces = new Pieces(Threads);
        _takePieces = TakePieces;
        _team = new ThreadTeam(Threads);
    }

    /// <summary>For generated code: a stage, or the group that a repeated block makes.</summary>
    /// <param name="path">Its path.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Stage StageAt(string path) => _model.Groups.Stage(path);

    /// <summary>For generated code: the repetitions of a block.</summary>
    /// <typeparam name="TBlock">The block's class.</typeparam>
    /// <param name="path">Path of the property.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Blocks<TBlock> BlocksAt<TBlock>(string path)
        where TBlock : BlockStages, new() => _model.Groups.Blocks<TBlock>(path);

    private void CheckMemory(int blocks)
    {
        if (WorkMemory.Floats(_memory, blocks, Threads) <= Arena.MaxLength) return;
        int most = Math.Min(blocks - 1, Arena.MaxLength / _memory.BlockFloats);
        while (WorkMemory.Floats(_memory, most, Threads) > Arena.MaxLength) most--;
        throw new ArgumentOutOfRangeException(
            "batchSize", BatchSize, $"{Description.Name} keeps {_memory.BlockFloats * 4L} bytes for every {Lanes} images of a batch; {(long)most * Lanes} images are the most.");
    }

    private LinearLayer MakeLayer(int index)
    {
        Stage stage = Stages[index];
        var shape = new LinearShape(stage.Description);
        WeightQuantization? quantization = stage.Description.WeightQuantizer is null ? null : new(stage.WeightQuantizer, shape.Outputs, shape.Inputs);
        var disturbance = new WeightDisturbance(stage.WeightNoise, stage.WeightDrift, index, shape.Outputs * shape.Inputs);
        var weights = new LinearWeights(shape, _parameters, stage.Description.Weights!.Offset, quantization, disturbance);
        return new LinearLayer(shape, weights, new WeightGradients(stage.Description, shape, _gradients));
    }
}
