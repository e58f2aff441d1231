namespace NoiseGen;

/// <summary>
/// Updates a network's parameters from their gradients, in one elementwise pass. An optimizer is attached to one network.
/// </summary>
public abstract class Optimizer
{
    private float _learningRate;

    /// <summary>Identifies the network that the state belongs to; null before the first step.</summary>
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
    /// The largest L2 norm of all gradients together, above 0: gradients with a larger norm are scaled to it before the update, as by
    /// PyTorch's <c>clip_grad_norm_</c>, g · c / (‖g‖ + 10⁻⁶). The norm is summed in a fixed order and is the same on any number of
    /// threads. Null (the default) means no limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above zero, or not finite.</exception>
    public float? ClipNorm { get; init => field = value is { } norm ? Setting.Positive(norm, nameof(ClipNorm)) : null; }

    /// <summary>The state that a checkpoint stores, floats for each parameter; null for a custom optimizer, whose state cannot be
    /// stored.</summary>
    internal virtual OptimizerState? State => null;

    /// <summary>Everything besides type, learning rate and state that the bits of a run depend on:
    /// <see cref="TrainingSettings"/>.</summary>
    internal virtual IReadOnlyList<(string Name, string Value)> Settings => [];

    /// <summary>Number of steps begun; a checkpoint stores it as well.</summary>
    internal long Steps { get; private set; }

    internal void Begin()
    {
        Steps++;
        BeginStep();
    }

    /// <summary>Resets the number of steps; the state of each parameter is unchanged.</summary>
    private protected virtual void Rewind()
    {
    }

    /// <summary>Restores the optimizer to a number of steps.</summary>
    internal void Restore(long steps)
    {
        Rewind();
        Steps = 0;
        while (Steps < steps) Begin();
    }

    /// <summary>Called before the first step: allocates the state.</summary>
    /// <param name="length">Floats in the network's parameter arena, a multiple of 16.</param>
    protected internal abstract void Attach(int length);

    /// <summary>Called once before each step, on one thread.</summary>
    protected internal abstract void BeginStep();

    /// <summary>Updates a range of parameters; called by several threads at once, each with its own range.</summary>
    /// <param name="parameters">The parameters, starting at <paramref name="start"/>.</param>
    /// <param name="gradients">Their gradients.</param>
    /// <param name="start">Offset of the first one in the arena, a multiple of 16.</param>
    protected internal abstract void Update(Span<float> parameters, ReadOnlySpan<float> gradients, int start);
}
