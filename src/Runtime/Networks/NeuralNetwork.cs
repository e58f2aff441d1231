using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// A network with generated forward and backward code: parameters, noise, threads and memory. Every class with <see cref="NetworkAttribute"/> derives from it.
/// </summary>
/// <remarks>
/// A network serves one caller at a time: a second one gets an <see cref="InvalidOperationException"/>. Results depend on the seed, the
/// data and the sequence of calls alone, never on the number of threads or the processor's instruction set. A step allocates nothing. A
/// network that nobody refers to any more gives back its threads and its memory when the garbage collector finds it; <see cref="Dispose"/>
/// does it at once.
/// </remarks>
public abstract partial class NeuralNetwork : IDisposable
{
    /// <summary>What the declaration says.</summary>
    public NetworkDescription Description => _model.Description;

    /// <summary>Seeds the parameters and all noise.</summary>
    public ulong Seed => _model.Seed;

    /// <summary>The most images that one step takes.</summary>
    public int BatchSize { get; }

    /// <summary>Threads that share a step: 1 on a platform that cannot start any, such as a browser. Results do not depend on it.</summary>
    public int Threads { get; }

    /// <summary>Training steps taken: the number of the next step's noise.</summary>
    public uint Step
    {
        get => _model.Step;
        private set => _model.Step = value;
    }

    /// <summary>Length of an image's output: the number of classes where it is the logits.</summary>
    public int Classes => Description.Output.Count;

    /// <summary>
    /// The largest magnitude that training leaves a weight of a convolution or dense layer, above 0: after each step they are clamped to it (the authors of
    /// arXiv 2501.14531 use 1). Biases and norms are not. Null, as at first, for no limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public float? WeightLimit
    {
        get;
        set => field = value is null or > 0f ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The limit of the weights is above 0.");
    }

    /// <summary>
    /// Label smoothing α of training's cross-entropy, at least 0 and below 1; 0 at first: of K classes the label's is expected with 1 − α + α/K, each other one with α/K
    /// (PyTorch's <c>label_smoothing</c>, arXiv 1512.00567). The loss of an evaluation is not smoothed.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not such a number.</exception>
    public float LabelSmoothing
    {
        get;
        set => field = value is >= 0f and < 1f ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Label smoothing is at least 0 and below 1.");
    }

    /// <summary>
    /// How long before an evaluation the weights were programmed, as a multiple t/t₀ of the time at which they were right; at least 1, and 1 at first. What it does to them
    /// is each stage's <see cref="WeightDrift"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1, or not finite.</exception>
    public float DriftTime
    {
        get;
        set => field = value >= 1f && float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The drift time is a finite multiple of the time at which the weights are right, at least 1.");
    } = 1f;

    /// <summary>Gives the weights of all stages the same drift, of one device.</summary>
    /// <param name="exponent">The mean exponent ν, at least 0.</param>
    /// <param name="deviation">The standard deviation of the exponents, at least 0.</param>
    /// <param name="device">Number of the device.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    public void SetDrift(float exponent, float deviation, uint device = 0)
    {
        foreach (Stage stage in Stages.Where(stage => stage.Description.Linear is not null))
            (stage.WeightDrift.Exponent, stage.WeightDrift.ExponentDeviation, stage.WeightDrift.Device) = (exponent, deviation, device);
    }

    /// <summary>
    /// Draws the weights of all convolutions and dense layers anew: N(0, 2 / fan_out), PyTorch's <c>kaiming_normal_(mode="fan_out", nonlinearity="relu")</c> (arXiv
    /// 1502.01852), the start of its ResNets. fan_out is output channels × kernel rows × kernel columns. A new network has PyTorch's default, Kaiming-uniform with a = √5. Biases
    /// and norms stay.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another call is using the network.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public void DrawKaimingNormal()
    {
        using Exclusive use = Enter();
        ParameterInitializer.KaimingNormal(Description, _parameters, Seed);
    }

    /// <summary>The stages, in execution order.</summary>
    public IReadOnlyList<Stage> Stages => _model.Stages;

    /// <summary>All trainable parameters, in memory order.</summary>
    public IReadOnlyList<Parameter> Parameters => _model.Parameters;

    /// <summary>The norms' running statistics, in memory order; empty without norms.</summary>
    public IReadOnlyList<Statistic> Statistics => _model.Statistics;

    /// <summary>The noise sites, by place or path.</summary>
    public NoiseSites Noise => _model.Noise;

    /// <summary>Computes the logits of any number of images, with the noise that the sites' evaluation sigmas ask for.</summary>
    /// <param name="images">Images in channel × row × column order, one after the other.</param>
    /// <param name="logits">Room for the logits, image × class.</param>
    /// <param name="draw">Number of the noise realisation: the same number gives the same samples.</param>
    /// <exception cref="ArgumentException">The lengths do not fit the network, or a pixel is not a finite number.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the network, or the range of a noise site is not known yet.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public unsafe void Forward(ReadOnlySpan<float> images, Span<float> logits, uint draw = 0)
    {
        int count = CheckImages(images);
        if (logits.Length != (long)count * Classes)
            throw new ArgumentException($"{count} images have {count} × {Classes} = {(long)count * Classes} logits, but there is room for {logits.Length}.", nameof(logits));

        using Exclusive use = Enter();
        BeginEvaluation(draw);
        fixed (float* pixels = images)
        {
            for (int first = 0; first < count; first += BatchSize)
            {
                int batch = Math.Min(BatchSize, count - first);
                _spanBatch.Set(pixels + (nint)first * Description.Input.Count, null, batch, first);
                EvaluateBatch(_spanBatch);
                CopyLogits(logits.Slice(first * Classes, batch * Classes));
            }
        }
    }

    /// <summary>Computes the logits of all images of a source, with the noise that the sites' evaluation sigmas ask for.</summary>
    /// <param name="batches">A source of this network's shape; it is started anew.</param>
    /// <param name="draw">Number of the noise realisation: the same number gives the same samples.</param>
    /// <returns>The logits, image × class, in the source's order.</returns>
    /// <exception cref="ArgumentException">The source does not fit the network, a label is not a class, or a pixel or target is not a finite number.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the network, the range of a noise site is not known yet, or the network has a single output, and so no classes.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public float[] Forward(BatchSource batches, uint draw = 0)
    {
        CheckSource(batches);
        using Exclusive use = Enter();
        BeginEvaluation(draw);
        List<float> all = [];
        float[] batch = new float[BatchSize * Classes];
        batches.Start(0);
        while (batches.MoveNext())
        {
            EvaluateBatch(batches);
            CopyLogits(batch);
            all.AddRange(batch.AsSpan(0, _count * Classes));
        }

        return [.. all];
    }

    /// <summary>Computes loss and gradients of one batch with the training noise of the next step, and changes nothing else.</summary>
    /// <param name="images">1 … <see cref="BatchSize"/> images in channel × row × column order.</param>
    /// <param name="labels">Their classes, 0 … <see cref="Classes"/> − 1.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, a label is not a class, or a pixel is not a finite number.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the network, the range of a noise site is not known yet, or the network has a single output, and so no classes.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public unsafe StepResult ComputeGradients(ReadOnlySpan<float> images, ReadOnlySpan<int> labels)
    {
        CheckBatch(images, labels);
        using Exclusive use = Enter();
        fixed (float* pixels = images)
        {
            fixed (int* classes = labels)
            {
                _spanBatch.Set(pixels, classes, labels.Length, 0);
                return TrainBatch(_spanBatch);
            }
        }
    }

    /// <summary>Takes one training step: gradients of the mean cross-entropy, then the optimizer's update. A step whose loss is not a finite number changes nothing.</summary>
    /// <param name="images">1 … <see cref="BatchSize"/> images in channel × row × column order.</param>
    /// <param name="labels">Their classes, 0 … <see cref="Classes"/> − 1.</param>
    /// <param name="optimizer">Changes the parameters.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, a label is not a class, a pixel is not a finite number, or the optimizer serves another network.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the network, the range of a noise site is not known yet, or the network has a single output, and so no classes.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public unsafe StepResult TrainStep(ReadOnlySpan<float> images, ReadOnlySpan<int> labels, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        CheckBatch(images, labels);
        using Exclusive use = Enter();
        fixed (float* pixels = images)
        {
            fixed (int* classes = labels)
            {
                _spanBatch.Set(pixels, classes, labels.Length, 0);
                return TakeStep(_spanBatch, optimizer);
            }
        }
    }

    /// <summary>Takes one training step on a source's current batch. A step whose loss is not a finite number changes nothing.</summary>
    /// <param name="batches">A source of this network's shape on which <see cref="BatchSource.MoveNext"/> has returned true.</param>
    /// <param name="optimizer">Changes the parameters.</param>
    /// <exception cref="ArgumentException">The source does not fit the network, a label is not a class, a pixel or target is not a finite number, or the optimizer serves another network.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the network, the range of a noise site is not known yet, or the network has a single output, and so no classes.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public StepResult TrainStep(BatchSource batches, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        CheckBatch(batches);
        using Exclusive use = Enter();
        return TakeStep(batches, optimizer);
    }

    internal StepResult TrainStep(BatchSource batches, Optimizer optimizer, in DistillationLoss distillation)
    {
        CheckBatch(batches);
        if (batches.Targets > 0) throw new ArgumentException("A teacher goes with labels; this source has targets.", nameof(batches));
        using Exclusive use = Enter();
        _distillation = distillation;
        try
        {
            return TakeStep(batches, optimizer);
        }
        finally
        {
            _distillation = null;
        }
    }

    // As a teacher.
    internal void EvaluateInto(BatchSource batch, Arena logits)
    {
        using Exclusive use = Enter();
        BeginEvaluation(0);
        EvaluateBatch(batch);
        int length = BlockCount * Classes * Lanes;
        _logits.Span(0, length).CopyTo(logits.Span(0, length));
    }

    /// <summary>Evaluates all batches of a source, with the noise that the sites' evaluation sigmas ask for.</summary>
    /// <param name="batches">A source of this network's shape; it is started anew.</param>
    /// <param name="draw">Number of the noise realisation: the same number gives the same samples.</param>
    /// <exception cref="ArgumentException">The source does not fit the network, a label is not a class, or a pixel or target is not a finite number.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the network, the range of a noise site is not known yet, or the network has a single output, and so no classes.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public EvaluationResult Evaluate(BatchSource batches, uint draw = 0)
    {
        CheckSource(batches);
        using Exclusive use = Enter();
        BeginEvaluation(draw);
        var total = default(BatchTotals);
        batches.Start(0);
        while (batches.MoveNext()) total += EvaluateBatch(batches);
        if (total.Count == 0) throw new ArgumentException("This source has no batches: there is nothing to evaluate.", nameof(batches));
        return total.Result(batches.Targets > 0);
    }

    /// <summary>Evaluates images, with the noise that the sites' evaluation sigmas ask for.</summary>
    /// <param name="images">Images in channel × row × column order, one after the other.</param>
    /// <param name="labels">Their classes, 0 … <see cref="Classes"/> − 1.</param>
    /// <param name="draw">Number of the noise realisation: the same number gives the same samples.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, a label is not a class, or a pixel is not a finite number.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the network, the range of a noise site is not known yet, or the network has a single output, and so no classes.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public unsafe EvaluationResult Evaluate(ReadOnlySpan<float> images, ReadOnlySpan<int> labels, uint draw = 0)
    {
        int count = CheckImages(images);
        CheckLabels(labels, count);
        using Exclusive use = Enter();
        BeginEvaluation(draw);
        var total = default(BatchTotals);
        fixed (float* pixels = images)
        {
            fixed (int* classes = labels)
            {
                for (int first = 0; first < count; first += BatchSize)
                {
                    int batch = Math.Min(BatchSize, count - first);
                    _spanBatch.Set(pixels + (nint)first * Description.Input.Count, classes + first, batch, first);
                    total += EvaluateBatch(_spanBatch);
                }
            }
        }

        return total.Result(hasTargets: false);
    }

    /// <summary>
    /// A table of the stages, their shapes, parameters, quantizers with the bits in use and noise sites, and the memory that a batch takes; and a warning where the class was compiled without
    /// optimization, which makes it many times slower.
    /// </summary>
    public string Summary() => NetworkSummary.Table(this) + NetworkSummary.Memory(_memory, BatchSize, Threads) + NetworkSummary.Build(GetType().Assembly);

    private int CheckImages(ReadOnlySpan<float> images)
    {
        int length = Description.Input.Count;
        if (images.Length == 0 || images.Length % length != 0)
        {
            throw new ArgumentException(
                $"The images of {Description.Name} are {Description.Input}, {length} values each; {images.Length} values are not a whole number of them, at least 1.", nameof(images));
        }

        return images.Length / length;
    }

    private void CheckBatch(ReadOnlySpan<float> images, ReadOnlySpan<int> labels)
    {
        int count = CheckImages(images);
        CheckCount(count, nameof(images));
        CheckLabels(labels, count);
    }

    private void CheckCount(int count, string name)
    {
        if (count < 1 || count > BatchSize)
            throw new ArgumentException($"A batch of {Description.Name} holds 1 … {BatchSize} images (its batchSize), not {count}.", name);
    }

    private void CheckLabels(ReadOnlySpan<int> labels, int count)
    {
        if (labels.Length != count) throw new ArgumentException($"{count} images need {count} labels, not {labels.Length}.", nameof(labels));
        CheckClasses();
        ClassLabels.Check(labels, Classes);
    }

    private void CheckClasses()
    {
        if (Classes < 2)
            throw new InvalidOperationException($"{Description.Name} has a single output, and so no classes to tell apart: give targets in place of labels.");
    }

    /// <summary>Refuses a source, or its current batch, that no step can be taken on.</summary>
    internal void CheckBatch(BatchSource batches)
    {
        CheckSource(batches);
        CheckCount(batches.Count, nameof(batches));
    }

    private void CheckSource(BatchSource batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        if (batches.Shape != Description.Input)
            throw new ArgumentException($"{Description.Name} takes images of {Description.Input}; this source gives {batches.Shape}.", nameof(batches));
        if (batches.Targets > 0)
        {
            if (batches.Targets == Classes) return;
            throw new ArgumentException($"{Description.Name} has {Classes} outputs; this source has {batches.Targets} targets.", nameof(batches));
        }

        CheckClasses();
        if (batches.Classes > Classes)
            throw new ArgumentException($"{Description.Name} tells {Classes} classes apart; this source has {batches.Classes}.", nameof(batches));
    }
}
