using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// An activation quantizer with a constant or a learned scale: <c>y = s·clamp(round(x / s), low, high)</c>, half to even; The levels are 0
/// … 2^bits − 1, or −2^(bits−1) … 2^(bits−1) − 1 if it is signed. Bits and scale can be changed between passes, and a learned scale can be
/// held. The declaration fixes whether there is a quantizer, whether it is signed and whether its scale can be learned.
/// </summary>
public sealed class ActivationQuantizer
{
    private readonly string _stage;
    private float _scale;
    private int _bits;
    private bool _isLearned;

    internal ActivationQuantizer(ActivationQuantizerDescription description, string stage)
    {
        (Description, _stage) = (description, stage);
        (_scale, _bits, _isLearned) = (description.Scale, description.Bits, description.Learned is not null);
    }

    /// <summary>The quantizer as declared.</summary>
    public ActivationQuantizerDescription Description { get; }

    /// <summary>
    /// Bits of an activation, 1 … 16, or at least 2 if it is signed; by default as declared. 0 makes the quantizer ideal: it neither rounds
    /// nor clips, and its <see cref="Step"/> is 0. Changing the bits keeps <see cref="Scale"/>, so that the step stays about the same and
    /// the range grows with the bits.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Another number, or one at which the largest value would not be finite.</exception>
    public int Bits
    {
        get => _bits;
        set
        {
            if (!IsBits(value, Description))
            {
                string allowed = $"{(Description.Signed ? 2 : 1)} … {QuantizerBits.Most} bits, or 0 for an ideal quantizer";
                throw new ArgumentOutOfRangeException(nameof(value), value, $"The activations of stage {_stage} have {allowed}.");
            }

            if (!IsLearned && !IsScale(_scale, value))
                throw new ArgumentOutOfRangeException(
                    nameof(value), value,
                    $"With a scale of {_scale}, the largest value of stage {_stage}'s quantizer would not be finite.");
            _bits = value;
        }
    }

    /// <summary>
    /// The divisor of the range: 2^bits − 1, the largest level; 2^(bits−1) if it is signed; 0 if <see cref="Bits"/> is 0.
    /// </summary>
    public int Levels => _bits == 0 ? 0 : Description.Signed ? 1 << (_bits - 1) : (1 << _bits) - 1;

    /// <summary>
    /// The scale c of arXiv 2501.14531: the largest value is 15·c for 4 bits and 2^bits·c otherwise. Above 0, with a finite largest value.
    /// A learned scale follows from its parameter, and is 0 if <see cref="Bits"/> is 0. It can be set while it is held: see
    /// <see cref="IsLearned"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above zero, or the largest value is not finite.</exception>
    /// <exception cref="InvalidOperationException">It is learned: hold it first, or write to the parameter <c>quantizer.maximum</c>
    /// instead.</exception>
    public float Scale
    {
        get => !IsLearned ? _scale : _bits == 0 ? 0f : Maximum / Range(_bits);
        set
        {
            if (IsLearned)
            {
                throw new InvalidOperationException(
                    $"The scale of stage {_stage}'s quantizer is learned: set IsLearned to false to hold it at a constant, or write to "
                        + $"the parameter {Description.Learned!.Maximum.Name}.");
            }

            if (!IsScale(value, _bits))
                throw new ArgumentOutOfRangeException(
                    nameof(value), value, $"A scale is a number above 0 whose {Range(_bits)}-fold is finite.");
            _scale = value;
        }
    }

    /// <summary>
    /// The range: the largest value, or one step above it if the quantizer is signed. With a learned scale it is at least 1e-10, whatever
    /// the parameter. Infinite if the scale is constant and <see cref="Bits"/> is 0.
    /// </summary>
    public float Maximum =>
        IsLearned && Learned is { } learned ? learned.Maximum : _bits == 0 ? float.PositiveInfinity : _scale * Range(_bits);

    /// <summary>
    /// Whether the scale is given by its learned parameter. Always false for a constant scale. Setting it to false holds a learned scale at
    /// its current value: <see cref="Scale"/> can then be set, and the parameter stays unchanged. Setting it to true again uses the
    /// parameter.
    /// </summary>
    /// <exception cref="InvalidOperationException">True, for a quantizer that was declared with a constant scale.</exception>
    public bool IsLearned
    {
        get => _isLearned;
        set
        {
            if (value && Description.Learned is null)
                throw new InvalidOperationException(
                    $"The scale of stage {_stage}'s quantizer was declared constant; a learned one needs [Quantize(Activations = "
                        + $"ActivationScaling.Learned)].");
            if (_isLearned && !value && _bits > 0) _scale = Scale;
            _isLearned = value;
        }
    }

    /// <summary>The distance s between two levels, <see cref="Maximum"/> / <see cref="Levels"/>; 0 if <see cref="Bits"/> is 0.</summary>
    public float Step => StepOf(Maximum);

    internal LearnedScale? Learned { get; set; }

    // While a learned scale is collected, in the first training steps, the batch's step.
    internal float StepInUse => Learned is null ? Step : Learned.Step;

    /// <summary>Whether training changes the scale.</summary>
    internal bool Adapts => IsLearned && _bits > 0;

    internal int Lowest => Description.Signed ? -Levels : 0;

    internal int Highest => Description.Signed && _bits > 0 ? Levels - 1 : Levels;

    internal QuantizerLevels InUse => new(StepInUse, Lowest, Highest, Adapts);

    internal static bool IsBits(int value, ActivationQuantizerDescription description) =>
        value == 0 || (description.Signed ? QuantizerBits.AreSigned(value) : QuantizerBits.AreUnsigned(value));

    internal static bool IsScale(float value, int bits) => value > 0f && float.IsFinite(value * Range(bits));

    // Restores what a file contains, once bits and scale have been checked together: with a scale, it is held.
    internal void Restore(int bits) => _bits = bits;

    internal void Restore(float scale) => (_scale, _isLearned) = (scale, false);

    internal float StepOf(float maximum) => _bits == 0 ? 0f : maximum / Levels;

    // The authors' m: 15 for 4 bits, but 256 and 65536 for 8 and 16.
    private static int Range(int bits) => bits == 4 ? 15 : 1 << bits;
}
