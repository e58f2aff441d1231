using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Planning;

/// <summary>The kernels of a linear operation, and the input gradients that stages need from them.</summary>
internal sealed record LinearUse(LinearKernels Kernels, InputGradientUse Use);

/// <summary>
/// The kernels that stages need. They depend on nothing but their keys, so each is printed once for all networks of an assembly.
/// </summary>
/// <param name="Linear">Kernels of linear operations.</param>
/// <param name="Rows">Elementwise passes.</param>
internal sealed record KernelSet(EquatableArray<LinearUse> Linear, EquatableArray<RowKernel> Rows)
{
    /// <summary>An empty set.</summary>
    public static KernelSet None { get; } = new(default, default);

    /// <summary>The register tiles that read weights in place. All others are in the library.</summary>
    public IEnumerable<Tile> MatrixTiles =>
        Linear.SelectMany(one => one.Kernels.Tiles(one.Use)).Where(tile => tile.Matrix is not null).Distinct()
        .OrderBy(tile => tile.Channels).ThenBy(tile => tile.Name, StringComparer.Ordinal);

    /// <summary>The union of several sets: each kernel once, ordered by name, with everything that is needed from it.</summary>
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
