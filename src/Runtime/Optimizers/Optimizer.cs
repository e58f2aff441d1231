namespace NoiseGen;

/// <summary>
/// Changes a network's parameters by their gradients: one elementwise pass over all of them.
/// An optimizer serves one network.
/// </summary>
public abstract class Optimizer
{
    private float _learningRate;

    /// <summary>What stands for the network whose parameters the state belongs to; null before the first step.</summary>
    internal object? Owner { get; set; }

    /// <param name="learningRate">Step length, a finite number, at least 0.</param>
    protected Optimizer(float learningRate) => LearningRate = learningRate;

    /// <summary>Step length, a finite number, at least 0; schedules change it between steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    public float LearningRate
    {
        get => _learningRate;
        set => _learningRate = Setting.IsNotNegative(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A learning rate is a finite number, at least 0.");
    }

    /// <summary>
    /// The largest L2 norm that all gradients together may have, above 0: longer ones are scaled to it before the update,
    /// as PyTorch's <c>clip_grad_norm_</c> does,
    /// g · c / (‖g‖ + 10⁻⁶). The norm is summed in a fixed order, and is the same on any number of threads.
    /// Null, as at first, for no limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above zero, or not finite.</exception>
    public float? ClipNorm { get; init => field = value is { } norm ? Setting.Positive(norm, nameof(ClipNorm)) : null; }

    /// <summary>What a checkpoint keeps of it, floats for each parameter; null where it is not the library's and cannot be kept.</summary>
    internal virtual OptimizerState? State => null;

    /// <summary>What the bits of a run depend on beside type, learning rate and state: <see cref="TrainingSettings"/>.</summary>
    internal virtual IReadOnlyList<(string Name, string Value)> Settings => [];

    /// <summary>Steps begun: a checkpoint keeps them, too.</summary>
    internal long Steps { get; private set; }

    internal void Begin()
    {
        Steps++;
        BeginStep();
    }

    /// <summary>Forgets the steps; what it keeps of each parameter stays.</summary>
    private protected virtual void Rewind()
    {
    }

    /// <summary>Puts the optimizer where it was after a number of steps.</summary>
    internal void Restore(long steps)
    {
        Rewind();
        Steps = 0;
        while (Steps < steps) Begin();
    }

    /// <summary>Called before the first step: makes room for the state.</summary>
    /// <param name="length">Floats in the network's parameter arena, a multiple of 16.</param>
    protected internal abstract void Attach(int length);

    /// <summary>Called once before each step, on one thread.</summary>
    protected internal abstract void BeginStep();

    /// <summary>Updates a range of parameters; called by several threads at once, each with its own range.</summary>
    /// <param name="parameters">The parameters from <paramref name="start"/> on.</param>
    /// <param name="gradients">Their gradients.</param>
    /// <param name="start">Place of the first one in the arena, a multiple of 16.</param>
    protected internal abstract void Update(Span<float> parameters, ReadOnlySpan<float> gradients, int start);
}
