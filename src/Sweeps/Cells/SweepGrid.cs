using System.Collections.Immutable;

namespace NoiseGen.Sweeps.Cells;

/// <summary>A sweep as those who run it see it.</summary>
/// <param name="Name">The name of its files.</param>
/// <param name="Cells">The grid.</param>
/// <param name="Train">Trains and measures a cell.</param>
internal sealed record SweepGrid(string Name, ImmutableArray<SweepCell> Cells, Func<CellRun, IReadOnlyCollection<SweepRow>> Train)
{
    /// <summary>The arguments with which this program builds the same sweep.</summary>
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>Called before the first cell in each process that trains; null for nothing.</summary>
    public Action? Prepare { get; init; }

    /// <summary>The folder that all processes share.</summary>
    /// <param name="output">The folder for the results.</param>
    public string FolderIn(string output) => Path.Combine(output, $"{Name}.cells");
}
