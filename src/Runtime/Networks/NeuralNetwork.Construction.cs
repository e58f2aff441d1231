using System.ComponentModel;
using NoiseGen.CompilerServices;

namespace NoiseGen;

// The contract with generated code: what its constructor passes.
public abstract partial class NeuralNetwork
{
    // Far above any machine: a typing error is reported here, instead of crashing the process with too many threads.
    private const int MostThreads = 1024;

    private readonly NetworkModel _model;
    private readonly NetworkMemory _plan;
    private readonly Engine _engine;
    private readonly InputChecks _checks;
    private readonly NetworkUse _use;
    private readonly SpanBatch _spanBatch;

    /// <summary>For generated code: builds the network from its declaration and its memory plan.</summary>
    /// <param name="description">The declaration.</param>
    /// <param name="code">The generated passes.</param>
    /// <param name="memory">The memory plan.</param>
    /// <param name="seed">Seeds the parameters and all noise.</param>
    /// <param name="batchSize">The largest number of images in one step, at least 1.</param>
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
        (_plan, BatchSize, Threads) = (memory, batchSize, PlatformThreads.For(threads));
        _model = new NetworkModel(description, memory.ParameterFloats, memory.StatisticsFloats, seed);
        _engine = new Engine(_model, code, memory, batchSize, Threads);
        _checks = new InputChecks(description, _engine);
        _spanBatch = new SpanBatch(description.Input, description.Output.Count);
        _use = new NetworkUse(GetType(), description.Name);
    }

    /// <summary>Times the pieces of all phases from now on, on the caller's thread; null to share them out among the threads.</summary>
    internal PhaseTrace? Trace
    {
        set => _engine.Trace = value;
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
}
