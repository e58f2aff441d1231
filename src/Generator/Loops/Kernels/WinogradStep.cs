using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Loops.Kernels;

/// <summary>What a convolution by Winograd's transforms does.</summary>
/// <param name="Pass">The convolution.</param>
internal abstract record WinogradStep(WinogradPass Pass) : KernelStep
{
    /// <summary>Calls the method that computes as many rows as a square has.</summary>
    public sealed record CallRows(WinogradPass Pass, string Method) : WinogradStep(Pass);

    /// <summary>Names the part of the workspace that the products go to.</summary>
    public sealed record NameProducts(WinogradPass Pass) : WinogradStep(Pass);

    /// <summary>Transforms the inputs of a square.</summary>
    public sealed record TransformInput(WinogradPass Pass) : WinogradStep(Pass);

    /// <summary>Names the operands of one product.</summary>
    public sealed record NameProduct(WinogradPass Pass) : WinogradStep(Pass);

    /// <summary>One product of some channels, for all squares, in one call of a tile.</summary>
    public sealed record Multiply(WinogradPass Pass, Run Run) : WinogradStep(Pass);

    /// <summary>Transforms the products of a square into outputs.</summary>
    public sealed record TransformOutput(WinogradPass Pass, WinogradStart Start) : WinogradStep(Pass);
}

/// <summary>What the transformed products are added to.</summary>
internal enum WinogradStart
{
    /// <summary>The biases of a forward pass.</summary>
    Biases,

    /// <summary>Nothing, in a forward pass without biases.</summary>
    NoBiases,

    /// <summary>Nothing: a gradient.</summary>
    Zeros,

    /// <summary>What lies in the target.</summary>
    Target,
}
