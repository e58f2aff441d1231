using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NoiseGen;

/// <summary>Stochastic gradient descent as in PyTorch (<c>torch.optim.SGD</c> without dampening).</summary>
/// <remarks>
/// <c>g ← g + decay·p</c>; <c>b ← momentum·b + g</c>; <c>p ← p − rate·d</c> with <c>d</c> = b, or <c>g + momentum·b</c> with Nesterov,
/// or g without momentum.
/// </remarks>
/// <param name="learningRate">Step length, a finite number, at least 0.</param>
public sealed class Sgd(float learningRate) : Optimizer(learningRate)
{
    private readonly OptimizerState _state = new(nameof(Sgd));

    /// <summary>Fraction of the previous step's direction that is kept, 0 … 1, 1 excluded.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in that range.</exception>
    public float Momentum { get; init => field = Setting.Fraction(value, nameof(Momentum)); }

    /// <summary>Whether the gradient is taken one momentum step ahead; needs <see cref="Momentum"/>.</summary>
    public bool Nesterov { get; init; }

    /// <summary>Weight of the gradient of the L2 penalty, a finite number, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    public float WeightDecay { get; init => field = Setting.NotNegative(value, nameof(WeightDecay)); }

    internal override OptimizerState State => _state;

    internal override IReadOnlyList<(string Name, string Value)> Settings =>
        [("momentum", InvariantText.Of(Momentum)), ("nesterov", Nesterov ? "on" : "off"), ("weight decay", InvariantText.Of(WeightDecay))];

    /// <inheritdoc/>
    protected internal override void Attach(int length)
    {
        if (Nesterov && Momentum == 0f) throw new InvalidOperationException("Nesterov's method needs a Momentum above 0; found 0.");
        _state.Attach(length, perParameter: Momentum > 0f ? 1 : 0);
    }

    /// <inheritdoc/>
    protected internal override void BeginStep() { }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    protected internal override void Update(Span<float> parameters, ReadOnlySpan<float> gradients, int start)
    {
        _state.Check(parameters, gradients, start);
        if (Momentum > 0f) Accelerate(parameters, gradients, _state.Of(0, start, parameters.Length));
        else Descend(parameters, gradients);
    }

    private void Descend(Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        var decay = Vector512.Create(WeightDecay);
        var step = Vector512.Create(-LearningRate);
        ref float p = ref MemoryMarshal.GetReference(parameters);
        ref float g = ref MemoryMarshal.GetReference(gradients);
        for (nuint i = 0; i < (nuint)parameters.Length; i += (nuint)Vector512<float>.Count)
        {
            Vector512<float> value = Vector512.LoadUnsafe(ref p, i);
            Vector512<float> gradient = Vector512.FusedMultiplyAdd(decay, value, Vector512.LoadUnsafe(ref g, i));
            Vector512.FusedMultiplyAdd(step, gradient, value).StoreUnsafe(ref p, i);
        }
    }

    private void Accelerate(Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> velocities)
    {
        var decay = Vector512.Create(WeightDecay);
        var momentum = Vector512.Create(Momentum);
        var step = Vector512.Create(-LearningRate);
        ref float p = ref MemoryMarshal.GetReference(parameters);
        ref float g = ref MemoryMarshal.GetReference(gradients);
        ref float b = ref MemoryMarshal.GetReference(velocities);
        for (nuint i = 0; i < (nuint)parameters.Length; i += (nuint)Vector512<float>.Count)
        {
            Vector512<float> value = Vector512.LoadUnsafe(ref p, i);
            Vector512<float> gradient = Vector512.FusedMultiplyAdd(decay, value, Vector512.LoadUnsafe(ref g, i));
            Vector512<float> velocity = Vector512.FusedMultiplyAdd(momentum, Vector512.LoadUnsafe(ref b, i), gradient);
            Vector512<float> direction = Nesterov ? Vector512.FusedMultiplyAdd(momentum, velocity, gradient) : velocity;
            velocity.StoreUnsafe(ref b, i);
            Vector512.FusedMultiplyAdd(step, direction, value).StoreUnsafe(ref p, i);
        }
    }
}
