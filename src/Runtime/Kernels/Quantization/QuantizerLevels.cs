using System.ComponentModel;

namespace NoiseGen.CompilerServices;

/// <summary>The values that an elementwise pass needs from an activation quantizer: <c>y = step·clamp(round(x / step), lowest,
/// highest)</c>.</summary>
/// <param name="step">The distance between two levels; 0 if values stay unchanged.</param>
/// <param name="lowest">The lowest level.</param>
/// <param name="highest">The highest level.</param>
/// <param name="adapts">Whether training changes the step.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct QuantizerLevels(float step, int lowest, int highest, bool adapts)
{
    /// <summary>The distance between two levels; 0 if values stay unchanged.</summary>
    public float Step { get; } = step;

    /// <summary>The lowest level, in steps.</summary>
    public float Lowest { get; } = lowest;

    /// <summary>The highest level, in steps.</summary>
    public float Highest { get; } = highest;

    /// <summary>Whether values are rounded.</summary>
    public bool Active => Step != 0f;

    /// <summary>Whether the backward pass needs the rounding errors.</summary>
    public bool Adapts { get; } = adapts;
}
