using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NoiseGen;

/// <summary>What Adam and AdamW share: running means of each gradient and of its square, and a step along their quotient.</summary>
public abstract class AdaptiveMoments : Optimizer
{
    private readonly OptimizerState _state;

    // β to the power of the steps taken. Computed as products, because the last bit of a library's power function differs between machines.
    private double _power1 = 1;
    private double _power2 = 1;

    private protected AdaptiveMoments(float learningRate) : base(learningRate) => _state = new(GetType().Name);

    /// <summary>
    /// Fraction of the gradients' running mean that each step keeps, 0 … 1, 1 excluded. In double precision, as in PyTorch, because 1 − β
    /// is used.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in that range.</exception>
    public double Beta1 { get; init => field = Setting.Fraction(value, nameof(Beta1)); } = 0.9;

    /// <summary>Fraction of the squares' running mean that each step keeps, 0 … 1, 1 excluded.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in that range.</exception>
    public double Beta2 { get; init => field = Setting.Fraction(value, nameof(Beta2)); } = 0.999;

    /// <summary>Added to the root of the squares' mean to avoid division by 0. Above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above zero, or not finite.</exception>
    public float Epsilon { get; init => field = Setting.Positive(value, nameof(Epsilon)); } = 1e-8f;

    /// <summary>Fraction of each parameter that is added to its gradient.</summary>
    private protected abstract float GradientDecay { get; }

    /// <summary>Fraction of each parameter that remains before the step.</summary>
    private protected abstract float Remainder { get; }

    internal sealed override OptimizerState State => _state;

    internal sealed override IReadOnlyList<(string Name, string Value)> Settings =>
    [
        ("beta1", InvariantText.Of(Beta1)), ("beta2", InvariantText.Of(Beta2)), ("epsilon", InvariantText.Of(Epsilon)),
        ("weight decay", InvariantText.Of(Decay)),
    ];

    /// <summary>The weight decay, of either kind.</summary>
    private protected abstract float Decay { get; }

    private protected sealed override void Rewind() => (_power1, _power2) = (1, 1);

    /// <inheritdoc/>
    protected internal sealed override void Attach(int length) => _state.Attach(length, perParameter: 2);

    /// <inheritdoc/>
    protected internal sealed override void BeginStep()
    {
        _power1 *= Beta1;
        _power2 *= Beta2;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    protected internal sealed override void Update(Span<float> parameters, ReadOnlySpan<float> gradients, int start)
    {
        _state.Check(parameters, gradients, start);
        if (_power1 >= 1) throw new InvalidOperationException("An update needs BeginStep before it.");
        var decay = Vector512.Create(GradientDecay);
        var remainder = Vector512.Create(Remainder);
        Vector512<float> keep1 = Vector512.Create((float)Beta1), take1 = Vector512.Create((float)(1 - Beta1));
        Vector512<float> keep2 = Vector512.Create((float)Beta2), take2 = Vector512.Create((float)(1 - Beta2));
        var step = Vector512.Create((float)(-LearningRate / (1 - _power1)));
        var correction = Vector512.Create((float)(1 / Math.Sqrt(1 - _power2)));
        var epsilon = Vector512.Create(Epsilon);

        ref float p = ref MemoryMarshal.GetReference(parameters);
        ref float g = ref MemoryMarshal.GetReference(gradients);
        ref float m = ref MemoryMarshal.GetReference(_state.Of(0, start, parameters.Length));
        ref float v = ref MemoryMarshal.GetReference(_state.Of(1, start, parameters.Length));
        for (nuint i = 0; i < (nuint)parameters.Length; i += (nuint)Vector512<float>.Count)
        {
            Vector512<float> value = Vector512.LoadUnsafe(ref p, i);
            Vector512<float> gradient = Vector512.FusedMultiplyAdd(decay, value, Vector512.LoadUnsafe(ref g, i));
            Vector512<float> mean = Vector512.FusedMultiplyAdd(keep1, Vector512.LoadUnsafe(ref m, i), take1 * gradient);
            Vector512<float> square = Vector512.FusedMultiplyAdd(keep2, Vector512.LoadUnsafe(ref v, i), take2 * gradient * gradient);
            Vector512<float> root = Vector512.FusedMultiplyAdd(Vector512.Sqrt(square), correction, epsilon);
            mean.StoreUnsafe(ref m, i);
            square.StoreUnsafe(ref v, i);
            Vector512.FusedMultiplyAdd(step, mean / root, value * remainder).StoreUnsafe(ref p, i);
        }
    }
}
