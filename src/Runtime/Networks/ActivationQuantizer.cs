using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// An activation quantizer with a constant or a learned scale: <c>y = s·clamp(round(x / s), low, high)</c>, half to even; levels 0 … 2^bits − 1, or −2^(bits−1) … 2^(bits−1) − 1
/// where it is signed.
/// </summary>
public sealed class ActivationQuantizer
{
    private float _scale;

    internal ActivationQuantizer(ActivationQuantizerDescription description)
    {
        Description = description;
        _scale = description.Scale;
    }

    /// <summary>What the declaration says.</summary>
    public ActivationQuantizerDescription Description { get; }

    /// <summary>What the range is divided by: 2^bits − 1, the largest level; 2^(bits−1) where it is signed.</summary>
    public int Levels => Description.Signed ? 1 << (Description.Bits - 1) : (1 << Description.Bits) - 1;

    /// <summary>
    /// The scale c of arXiv 2501.14531: the largest value is 15·c for 4 bits and 2^bits·c otherwise. Above 0, with a finite largest value. A learned one follows from its
    /// parameter.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above zero, or the largest value is not finite.</exception>
    /// <exception cref="InvalidOperationException">It is learned: write to the parameter <c>quantizer.maximum</c> instead.</exception>
    public float Scale
    {
        get => IsLearned ? Maximum / Range : _scale;
        set
        {
            if (IsLearned) throw new InvalidOperationException($"This quantizer's scale is learned; write to the parameter {Description.Learned!.Maximum.Name} to change it.");
            if (!IsScale(value, Description))
                throw new ArgumentOutOfRangeException(nameof(value), value, $"A scale is a number above 0 whose {Range}-fold is finite.");
            _scale = value;
        }
    }

    /// <summary>
    /// The range: the largest value, or one step above it where it is signed. Of a learned scale at least 1e-10, whatever the parameter.
    /// </summary>
    public float Maximum => Learned?.Maximum ?? _scale * Range;

    /// <summary>Whether the scale is a parameter.</summary>
    public bool IsLearned => Description.Learned is not null;

    internal LearnedScale? Learned { get; set; }

    // In the first steps of a learned scale's training, that of the batch.
    internal float StepInUse => Learned is null ? Step : Learned.Step;

    internal static bool IsScale(float value, ActivationQuantizerDescription description) => value > 0f && float.IsFinite(value * RangeOf(description));

    private int Range => RangeOf(Description);

    // The authors' m: 15 for 4 bits, but 256 and 65536 for 8 and 16.
    private static int RangeOf(ActivationQuantizerDescription description) => description.Bits == 4 ? 15 : 1 << description.Bits;

    /// <summary>The distance s between two levels, <see cref="Maximum"/> / <see cref="Levels"/>.</summary>
    public float Step => StepOf(Maximum);

    internal float StepOf(float maximum) => maximum / Levels;
}
