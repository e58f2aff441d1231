namespace NoiseGen;

// Training.
public abstract partial class NeuralNetwork
{
    /// <summary>Computes loss and gradients of one batch with the training noise of the next step, and changes nothing else.</summary>
    /// <param name="images">1 … <see cref="BatchSize"/> images in channel × row × column order.</param>
    /// <param name="labels">Their classes, 0 … <see cref="Classes"/> − 1.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, a label is not a class, or a pixel is not a finite number.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the network, the range of a noise site is not known yet,
    /// or the network has a single output, and so no classes.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public StepResult ComputeGradients(ReadOnlySpan<float> images, ReadOnlySpan<int> labels) =>
        RunBatch(Examples.WithLabels(images, labels), optimizer: null);

    /// <summary>
    /// Computes the mean squared error and its gradients of one batch with the training noise of the next step, and changes nothing else.
    /// </summary>
    /// <param name="images">1 … <see cref="BatchSize"/> images in channel × row × column order.</param>
    /// <param name="targets">The target outputs, image × output.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a pixel or target is not a finite number.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the network, or the range of a noise site is not known
    /// yet.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public StepResult ComputeGradients(ReadOnlySpan<float> images, ReadOnlySpan<float> targets) =>
        RunBatch(Examples.WithTargets(images, targets), optimizer: null);

    /// <summary>
    /// Takes one training step: gradients of the mean cross-entropy, then the optimizer's update. A step whose loss is not a finite number
    /// changes nothing.
    /// </summary>
    /// <param name="images">1 … <see cref="BatchSize"/> images in channel × row × column order.</param>
    /// <param name="labels">Their classes, 0 … <see cref="Classes"/> − 1.</param>
    /// <param name="optimizer">Changes the parameters.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, a label is not a class, a pixel is not a finite number,
    /// or the optimizer serves another network.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the network, the range of a noise site is not known yet,
    /// or the network has a single output, and so no classes.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public StepResult TrainStep(ReadOnlySpan<float> images, ReadOnlySpan<int> labels, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        return RunBatch(Examples.WithLabels(images, labels), optimizer);
    }

    /// <summary>
    /// Takes one training step: gradients of the mean squared error, over images and outputs, then the optimizer's update.
    /// A step whose loss is not a finite number changes nothing.
    /// </summary>
    /// <param name="images">1 … <see cref="BatchSize"/> images in channel × row × column order.</param>
    /// <param name="targets">The target outputs, image × output.</param>
    /// <param name="optimizer">Changes the parameters.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, a pixel or target is not a finite number, or the optimizer serves
    /// another network.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the network, or the range of a noise site is not known
    /// yet.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public StepResult TrainStep(ReadOnlySpan<float> images, ReadOnlySpan<float> targets, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        return RunBatch(Examples.WithTargets(images, targets), optimizer);
    }

    /// <summary>Takes one training step on a source's current batch. A step whose loss is not a finite number changes nothing.</summary>
    /// <param name="batches">A source of this network's shape on which <see cref="BatchSource.MoveNext"/> has returned true.</param>
    /// <param name="optimizer">Changes the parameters.</param>
    /// <exception cref="ArgumentException">The source does not fit the network, a label is not a class, a pixel or target is not a finite
    /// number, or the optimizer serves another network.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the network, the range of a noise site is not known yet,
    /// or the network has a single output, and so no classes.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public StepResult TrainStep(BatchSource batches, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        CheckBatch(batches);
        using NetworkUse.Call call = _use.Enter();
        return _engine.TakeStep(batches, optimizer);
    }

    internal StepResult TrainStep(BatchSource batches, Optimizer optimizer, in DistillationLoss teacher)
    {
        CheckBatch(batches);
        if (batches.Targets > 0) throw new ArgumentException("A teacher goes with labels; this source has targets.", nameof(batches));
        using NetworkUse.Call call = _use.Enter();
        return _engine.TakeStep(batches, optimizer, teacher);
    }

    /// <summary>Rejects a source or a current batch that cannot be trained on.</summary>
    internal void CheckBatch(BatchSource batches)
    {
        _checks.Source(batches);
        _engine.CheckCount(batches.Count, nameof(batches));
    }

    /// <summary>Attaches an optimizer to this network.</summary>
    /// <exception cref="ArgumentException">It is attached to another network.</exception>
    internal void Attach(Optimizer optimizer) => _engine.Attach(optimizer);

    /// <summary>Looks for the first stage of the next training step whose values are not finite numbers.</summary>
    /// <param name="batch">A source whose current batch has made the loss infinite or NaN.</param>
    /// <returns>Its index, or −1 for the input with its noise; null if the outputs of all stages are finite.</returns>
    internal int? FirstStageNotFinite(BatchSource batch)
    {
        using NetworkUse.Call call = _use.Enter();
        return _engine.FirstStageNotFinite(batch);
    }

    /// <summary>The name of the first parameter or running statistic with a value that is not finite; null if there is none.</summary>
    internal string? FirstTensorNotFinite() => _model.FirstTensorNotFinite();

    /// <summary>Whether a parameter or running statistic has a value that is not a finite number.</summary>
    internal bool IsNotFinite(string tensor) => _model.IsNotFinite(tensor);

    private unsafe StepResult RunBatch(in Examples examples, Optimizer? optimizer)
    {
        int count = _checks.BatchCount(examples);
        using NetworkUse.Call call = _use.Enter();
        fixed (float* images = examples.Images, targets = examples.Targets)
        fixed (int* labels = examples.Labels)
        {
            _spanBatch.Set(new PinnedExamples(images, labels, targets), count, first: 0);
            return optimizer is null ? _engine.ComputeGradients(_spanBatch) : _engine.TakeStep(_spanBatch, optimizer);
        }
    }
}
