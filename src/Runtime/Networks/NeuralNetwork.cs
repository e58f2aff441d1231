namespace NoiseGen;

/// <summary>
/// A network with generated forward and backward code: parameters, noise, threads and memory. Every class with <see cref="NetworkAttribute"/> derives from it.
/// </summary>
public abstract partial class NeuralNetwork : IDisposable
{
    /// <summary>What the declaration says.</summary>
    public NetworkDescription Description { get; private protected set; } = null!;

    /// <summary>Seeds the parameters and all noise.</summary>
    public ulong Seed { get; }

    /// <summary>The most images that one step takes.</summary>
    public int BatchSize { get; }

    /// <summary>Threads that share a step. Results do not depend on it.</summary>
    public int Threads { get; }

    /// <summary>Training steps taken: the number of the next step's noise.</summary>
    public uint Step { get; private set; }

    /// <summary>The stages, in execution order.</summary>
    public IReadOnlyList<Stage> Stages { get; } = null!;

    /// <summary>All trainable parameters, in memory order.</summary>
    public IReadOnlyList<Parameter> Parameters { get; } = null!;

    /// <summary>The noise sites, by place or path.</summary>
    public NoiseSites Noise { get; } = null!;

    /// <summary>Computes the logits of any number of images, with the noise that the sites' evaluation sigmas ask for.</summary>
    /// <param name="images">Images in channel × row × column order, one after the other.</param>
    /// <param name="logits">Room for the logits, image × class.</param>
    /// <param name="draw">Number of the noise realisation.</param>
    public void Forward(ReadOnlySpan<float> images, Span<float> logits, uint draw = 0) => throw new NotImplementedException();

    /// <summary>Computes loss and gradients of one batch with the training noise of the next step, and changes nothing else.</summary>
    /// <param name="images">1 … <see cref="BatchSize"/> images in channel × row × column order.</param>
    /// <param name="labels">Their classes.</param>
    public StepResult ComputeGradients(ReadOnlySpan<float> images, ReadOnlySpan<int> labels) => throw new NotImplementedException();

    /// <summary>Takes one training step.</summary>
    /// <param name="images">1 … <see cref="BatchSize"/> images in channel × row × column order.</param>
    /// <param name="labels">Their classes.</param>
    /// <param name="optimizer">Changes the parameters.</param>
    public StepResult TrainStep(ReadOnlySpan<float> images, ReadOnlySpan<int> labels, Optimizer optimizer) => throw new NotImplementedException();

    /// <summary>Takes one training step on a source's current batch.</summary>
    /// <param name="batches">A source on which <see cref="BatchSource.MoveNext"/> has returned true.</param>
    /// <param name="optimizer">Changes the parameters.</param>
    public StepResult TrainStep(BatchSource batches, Optimizer optimizer) => throw new NotImplementedException();

    /// <summary>Evaluates all batches of a source, with the noise that the sites' evaluation sigmas ask for.</summary>
    /// <param name="batches">The source; it is started anew.</param>
    /// <param name="draw">Number of the noise realisation.</param>
    public EvaluationResult Evaluate(BatchSource batches, uint draw = 0) => throw new NotImplementedException();

    /// <summary>Evaluates images, with the noise that the sites' evaluation sigmas ask for.</summary>
    /// <param name="images">Images in channel × row × column order.</param>
    /// <param name="labels">Their classes.</param>
    /// <param name="draw">Number of the noise realisation.</param>
    public EvaluationResult Evaluate(ReadOnlySpan<float> images, ReadOnlySpan<int> labels, uint draw = 0) => throw new NotImplementedException();

    /// <summary>A table of the stages, their shapes, parameters, quantizers and noise sites.</summary>
    public string Summary() => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() => GC.SuppressFinalize(this);
}
