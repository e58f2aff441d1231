using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Model;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Loops.Kernels;

/// <summary>What an elementwise pass does to four values at a time.</summary>
internal abstract record RowStep
{
    private RowStep() { }

    /// <summary>Loads the values.</summary>
    public sealed record Load : RowStep;

    /// <summary>Adds noise.</summary>
    /// <param name="Noise">The kind.</param>
    /// <param name="Site">Name of what draws its samples.</param>
    public sealed record AddNoise(NoiseStruct Noise, string Site) : RowStep;

    /// <summary>Scales and shifts by a batch norm's coefficients.</summary>
    public sealed record Norm : RowStep;

    /// <summary>Adds the second input.</summary>
    public sealed record AddSecond : RowStep;

    /// <summary>The activation.</summary>
    public sealed record Activate(ActivationNode Activation) : RowStep;

    /// <summary>The quantizer.</summary>
    /// <param name="HasLowest">Whether values may lie below the lowest level: it has levels on both sides,
    /// or noise has gone below zero.</param>
    public sealed record Quantize(RowQuantizer Quantizer, bool HasLowest) : RowStep;

    /// <summary>Stores the values, and what backward needs of them.</summary>
    public sealed record Store : RowStep;
}
