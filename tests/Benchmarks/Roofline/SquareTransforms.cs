using NoiseGen.CompilerServices;

namespace NoiseGen.Benchmarks.Roofline;

/// <summary>The transforms that a kernel computes a 3×3 convolution with.</summary>
/// <param name="Class">The library's class.</param>
/// <param name="Title">Name in tables.</param>
/// <param name="Size">Outputs along a square's side.</param>
/// <param name="Products">Multiplications of a square.</param>
internal sealed record SquareTransforms(string Class, string Title, int Size, int Products)
{
    /// <summary>All that kernels are generated with.</summary>
    public static IReadOnlyList<SquareTransforms> All { get; } =
    [
        new(nameof(Winograd4x4), "Winograd 4×4", 4, Winograd4x4.Products),
        new(nameof(Winograd2x2), "Winograd 2×2", 2, Winograd2x2.Products),
        new(nameof(MiddleProduct2x2), "middle products", 2, MiddleProduct2x2.Products),
    ];
}
