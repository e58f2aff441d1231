using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// A network with generated forward and backward code: parameters, noise, threads and memory. Every class with
/// <see cref="NetworkAttribute"/> derives from it.
/// </summary>
/// <remarks>
/// A network serves one caller at a time: a second one gets an <see cref="InvalidOperationException"/>. Results depend only on the seed,
/// the data and the sequence of calls, never on the number of threads or the processor's instruction set. A step allocates nothing. An
/// unreachable network releases its threads and memory when the garbage collector finds it; <see cref="Dispose"/> releases them at once.
/// </remarks>
public abstract partial class NeuralNetwork : IDisposable
{
    /// <summary>The declaration.</summary>
    public NetworkDescription Description => _model.Description;

    /// <summary>Seeds the parameters and all noise.</summary>
    public ulong Seed => _model.Seed;

    /// <summary>The largest number of images in one step.</summary>
    public int BatchSize { get; }

    /// <summary>Number of threads that share a step: 1 on a platform that cannot start threads, such as a browser. Results do not depend on
    /// it.</summary>
    public int Threads { get; }

    /// <summary>Training steps taken: the number of the next step's noise.</summary>
    public uint Step => _model.Step;

    /// <summary>Length of an image's output: the number of classes if the output is logits.</summary>
    public int Classes => Description.Output.Count;

    /// <summary>
    /// The largest magnitude that training leaves a weight of a convolution or dense layer, above 0: after each step weights are clamped to
    /// it (the authors of arXiv 2501.14531 use 1). Biases and norms are not clamped. Null (the default) means no limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public float? WeightLimit
    {
        get => _model.WeightLimit;
        set => _model.WeightLimit = value is null or > 0f
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The limit of the weights is above 0.");
    }

    /// <summary>
    /// Label smoothing α of training's cross-entropy, at least 0 and below 1; 0 by default. Of K classes, the label's has the target
    /// probability 1 − α + α/K and each other one α/K (PyTorch's <c>label_smoothing</c>, arXiv 1512.00567). The loss of an evaluation is
    /// not smoothed.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not such a number.</exception>
    public float LabelSmoothing
    {
        get => _model.LabelSmoothing;
        set => _model.LabelSmoothing = value is >= 0f and < 1f
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Label smoothing is at least 0 and below 1.");
    }

    /// <summary>
    /// The age of the weights in an evaluation: the time since they were programmed, as a multiple t/t₀ of the time at which they were
    /// exact. At least 1, and 1 by default. Its effect is set by each stage's <see cref="WeightDrift"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1, or not finite.</exception>
    public float DriftTime
    {
        get => _model.DriftTime;
        set => _model.DriftTime = value >= 1f && float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, "The drift time is a finite multiple of the time at which the weights are right, at least 1.");
    }

    /// <summary>Gives the weights of all stages the same drift, of one device.</summary>
    /// <remarks>
    /// It leaves out what hardware does: noise of programming and of reads, exponents that depend on the conductance, and the compensation
    /// that keeps most of the accuracy. <see cref="DeviceAttribute{TDevice}"/> has all of it.
    /// </remarks>
    /// <param name="exponent">The mean exponent ν, at least 0.</param>
    /// <param name="deviation">The standard deviation of the exponents, at least 0.</param>
    /// <param name="device">Number of the device.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    /// <exception cref="InvalidOperationException">A stage has a memory device, whose cells drift by its model.</exception>
    public void SetDrift(float exponent, float deviation, uint device = 0)
    {
        // All are found before any is changed.
        WeightDrift[] drifts = [.. Stages.Where(stage => stage.Description.Linear is not null).Select(stage => stage.WeightDrift)];
        foreach (WeightDrift drift in drifts)
            (drift.Exponent, drift.ExponentDeviation, drift.Device) = (exponent, deviation, device);
    }

    /// <summary>
    /// Draws the weights of all convolutions and dense layers anew: N(0, 2 / fan_out), PyTorch's <c>kaiming_normal_(mode="fan_out",
    /// nonlinearity="relu")</c> (arXiv 1502.01852), the initialisation of its ResNets. fan_out is output channels × kernel rows × kernel
    /// columns. A new network has PyTorch's default, Kaiming-uniform with a = √5. Biases and norms are unchanged.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another call is using the network.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public void DrawKaimingNormal()
    {
        using NetworkUse.Call call = _use.Enter();
        ParameterInitializer.KaimingNormal(Description, _model.ParameterMemory, Seed);
    }

    /// <summary>The stages, in execution order.</summary>
    public IReadOnlyList<Stage> Stages => _model.Stages;

    /// <summary>All trainable parameters, in memory order.</summary>
    public IReadOnlyList<Parameter> Parameters => _model.Parameters;

    /// <summary>The norms' running statistics, in memory order; empty without norms.</summary>
    public IReadOnlyList<Statistic> Statistics => _model.Statistics;

    /// <summary>The noise sites, by index or path.</summary>
    public NoiseSites Noise => _model.Noise;

    /// <summary>
    /// A table of the stages, their shapes, parameters, quantizers with the bits in use and noise sites, and the memory that a batch takes;
    /// and a warning if the class was compiled without optimization, which makes it many times slower.
    /// </summary>
    public string Summary() =>
        NetworkSummary.Table(this) + NetworkSummary.Memory(_plan, BatchSize, Threads) + NetworkSummary.Build(GetType().Assembly);

    /// <summary>
    /// Ends the network's threads and releases its working memory. A call running on another thread completes first; later calls throw an
    /// <see cref="ObjectDisposedException"/>. The parameters stay readable. The garbage collector also releases both when it finds an
    /// unreachable network.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// Called from inside one of the network's calls, for example by a <see cref="BatchSource"/>.
    /// </exception>
    public void Dispose()
    {
        _use.Close(_engine);
        _engine.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="NetworkUse.Reserve"/>
    internal NetworkUse.Reservation Reserve(string purpose) => _use.Reserve(purpose);
}
