using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Planning;

/// <summary>The code of a linear operation, and which input gradients stages ask of it.</summary>
internal sealed record LinearUse(LinearKernels Kernels, InputGradientUse Use);

/// <summary>
/// Kernels that stages ask for:
/// functions of their keys alone, so that each is printed once for all networks of an assembly.
/// </summary>
/// <param name="Linear">Of linear operations.</param>
/// <param name="Rows">Elementwise passes.</param>
internal sealed record KernelSet(EquatableArray<LinearUse> Linear, EquatableArray<RowKernel> Rows)
{
    /// <summary>Nothing.</summary>
    public static KernelSet None { get; } = new(default, default);

    /// <summary>The register tiles that read weights where they lie. All others are the library's.</summary>
    public IEnumerable<Tile> MatrixTiles =>
        Linear.SelectMany(one => one.Kernels.Tiles(one.Use)).Where(tile => tile.Matrix is not null).Distinct()
        .OrderBy(tile => tile.Channels).ThenBy(tile => tile.Name, StringComparer.Ordinal);

    /// <summary>What several sets ask for: each kernel once, in the order of the names, with all that is asked of it.</summary>
    public static KernelSet Union(IEnumerable<KernelSet> sets)
    {
        KernelSet[] all = [.. sets];
        IEnumerable<LinearUse> linear = all.SelectMany(set => set.Linear).GroupBy(one => one.Kernels, one => one.Use)
            .Select(uses => new LinearUse(uses.Key, uses.Aggregate(InputGradientUse.None, (together, use) => together | use)));
        return new(
            new([.. linear.OrderBy(one => one.Kernels.Name, StringComparer.Ordinal)]),
            new([.. all.SelectMany(set => set.Rows).Distinct().OrderBy(row => row.Name, StringComparer.Ordinal)]));
    }
}
