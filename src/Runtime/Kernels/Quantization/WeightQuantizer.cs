namespace NoiseGen;

/// <summary>
/// The quantizer of a stage's weights: <c>q = s·clamp(round(w / s), ±(2^(bits−1) − 1))</c>, half to even, with <c>s = max|w| / (2^(bits−1)
/// − 1)</c> over the tensor or over each output channel. Only its bits can be changed; the scales follow from the weights.
/// </summary>
public sealed class WeightQuantizer
{
    private readonly string _stage;

    internal WeightQuantizer(WeightQuantizerDescription description, string stage) =>
        (Description, _stage, Bits) = (description, stage, description.Bits);

    /// <summary>The quantizer as declared.</summary>
    public WeightQuantizerDescription Description { get; }

    /// <summary>Bits of a weight, 2 … 16: by default as declared. 0 leaves the weights unquantized.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Another number.</exception>
    public int Bits
    {
        get;
        set => field = IsBits(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, $"The weights of stage {_stage} have 2 … {QuantizerBits.Most} bits, or 0 to stay as they are.");
    }

    /// <summary>The largest level, 2^(bits−1) − 1; 0 if <see cref="Bits"/> is 0.</summary>
    public int Levels => Bits == 0 ? 0 : (1 << (Bits - 1)) - 1;

    internal static bool IsBits(int value) => value == 0 || QuantizerBits.AreSigned(value);
}
