using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// An activation quantizer with a constant or a learned scale: <c>y = s·clamp(round(x / s), low, high)</c>, half to even;
/// levels 0 … 2^bits − 1, or −2^(bits−1) … 2^(bits−1) − 1
/// where it is signed. Bits and scale can be changed between passes, and a learned scale can be held;
/// that it is there, its sign and whether its scale can be learned are as declared.
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

    /// <summary>What the declaration says.</summary>
    public ActivationQuantizerDescription Description { get; }

    /// <summary>
    /// Bits of an activation, 1 … 16, at least 2 where it is signed: as declared, until they are set.
    /// 0 makes the quantizer ideal: it neither rounds nor clips, and its
    /// <see cref="Step"/> is 0.
    /// <see cref="Scale"/> stays when they change, so that a step remains about as large and the range grows with the bits.
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
    /// What the range is divided by: 2^bits − 1, the largest level; 2^(bits−1) where it is signed;
    /// 0 where <see cref="Bits"/> is 0.
    /// </summary>
    public int Levels => _bits == 0 ? 0 : Description.Signed ? 1 << (_bits - 1) : (1 << _bits) - 1;

    /// <summary>
    /// The scale c of arXiv 2501.14531: the largest value is 15·c for 4 bits and 2^bits·c otherwise. Above 0, with a finite largest value.
    /// A learned one follows from its
    /// parameter, and is 0 where <see cref="Bits"/> is 0; it can be set once it is held, by <see cref="IsLearned"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above zero, or the largest value is not finite.</exception>
    /// <exception cref="InvalidOperationException">It is learned: hold it first,
    /// or write to the parameter <c>quantizer.maximum</c> instead.</exception>
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
    /// The range: the largest value, or one step above it where it is signed. Of a learned scale at least 1e-10, whatever the parameter.
    /// Infinite where a constant scale has
    /// no bits.
    /// </summary>
    public float Maximum =>
        IsLearned && Learned is { } learned ? learned.Maximum : _bits == 0 ? float.PositiveInfinity : _scale * Range(_bits);

    /// <summary>
    /// Whether the scale is the parameter that it was declared as. False, for one that is not, and as long as it is held:
    /// at the value that it has, which <see cref="Scale"/> then
    /// changes, while the parameter stays as it is. True again gives the parameter its place back.
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

    /// <summary>The distance s between two levels, <see cref="Maximum"/> / <see cref="Levels"/>; 0 where <see cref="Bits"/> is 0.</summary>
    public float Step => StepOf(Maximum);

    internal LearnedScale? Learned { get; set; }

    // In the first steps of a learned scale's training, that of the batch.
    internal float StepInUse => Learned is null ? Step : Learned.Step;

    /// <summary>Whether training changes the scale.</summary>
    internal bool Adapts => IsLearned && _bits > 0;

    internal int Lowest => Description.Signed ? -Levels : 0;

    internal int Highest => Description.Signed && _bits > 0 ? Levels - 1 : Levels;

    internal QuantizerLevels InUse => new(StepInUse, Lowest, Highest, Adapts);

    internal static bool IsBits(int value, ActivationQuantizerDescription description) =>
        value == 0 || (description.Signed ? QuantizerBits.AreSigned(value) : QuantizerBits.AreUnsigned(value));

    internal static bool IsScale(float value, int bits) => value > 0f && float.IsFinite(value * Range(bits));

    // What a file says, once bits and scale were checked together: with a scale it is held.
    internal void Restore(int bits) => _bits = bits;

    internal void Restore(float scale) => (_scale, _isLearned) = (scale, false);

    internal float StepOf(float maximum) => _bits == 0 ? 0f : maximum / Levels;

    // The authors' m: 15 for 4 bits, but 256 and 65536 for 8 and 16.
    private static int Range(int bits) => bits == 4 ? 15 : 1 << bits;
}
