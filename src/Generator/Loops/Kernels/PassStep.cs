using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Loops.Kernels;

/// <summary>What a convolution by register tiles does: a layer's forward pass, its input gradient, or a phase of that.</summary>
/// <param name="Pass">The convolution.</param>
internal abstract record PassStep(TilePass Pass) : KernelStep
{
    /// <summary>Finds the kernel's rows that lie on the map.</summary>
    public sealed record ClipRows(TilePass Pass) : PassStep(Pass);

    /// <summary>Takes all rows of the kernel.</summary>
    public sealed record TakeRows(TilePass Pass) : PassStep(Pass);

    /// <summary>Goes on to the first source row.</summary>
    public sealed record MoveToRow(TilePass Pass) : PassStep(Pass);

    /// <summary>
    /// Hands all of a dense layer over where registers are narrow:
    /// smaller tiles, which read their operands more often, ask for another order of loops.
    /// </summary>
    public sealed record NarrowMatrix(TilePass Pass) : PassStep(Pass);

    /// <summary>Names the source channels of a group.</summary>
    public sealed record NameGroup(TilePass Pass) : PassStep(Pass);

    /// <summary>All channels in one register tile.</summary>
    public sealed record AllChannels(TilePass Pass) : PassStep(Pass);

    /// <summary>Channels, as many at a time as a register tile has.</summary>
    /// <param name="Run">The channels: how many tiles of which width.</param>
    public sealed record ChannelTiles(TilePass Pass, Run Run, LoopDivision Division, IReadOnlyList<KernelStep> Body) : PassStep(Pass)
    {
        protected override IEnumerable<KernelStep> Inner => Body;
    }

    /// <summary>One pixel at a known column, the kernel's columns cut at the map's edges.</summary>
    /// <param name="Channels">Channels of the tile.</param>
    /// <param name="Column">The column.</param>
    public sealed record EdgePixel(TilePass Pass, int Channels, int Column) : PassStep(Pass);

    /// <summary>Several pixels that are computed one by one: at an edge, or left over by the tiles.</summary>
    /// <param name="Channels">Channels of the tile.</param>
    /// <param name="From">The first column.</param>
    /// <param name="To">The column after the last one.</param>
    public sealed record SinglePixels(TilePass Pass, int Channels, int From, int To, LoopDivision Division) : PassStep(Pass);

    /// <summary>Pixels whose windows lie on the map, in one call of a tile.</summary>
    /// <param name="Channels">Channels of the tile.</param>
    /// <param name="Tiles">How many tiles of pixels.</param>
    public sealed record InteriorPixels(TilePass Pass, int Channels, int Tiles, LoopDivision Division) : PassStep(Pass);

    /// <summary>One pixel at any column, the kernel's columns cut at the map's edges.</summary>
    /// <param name="Channels">Channels of the tile.</param>
    public sealed record SinglePixel(TilePass Pass, int Channels) : PassStep(Pass);

    /// <summary>Fills the target with zeros: some of its pixels are reached by no tap.</summary>
    /// <param name="Elements">Values of the target.</param>
    public sealed record ClearTarget(TilePass Pass, int Elements) : PassStep(Pass);

    /// <summary>All rows of one phase of the strides.</summary>
    /// <param name="Width">Columns of the target.</param>
    public sealed record PhaseRows(TilePass Pass, int Width, LoopDivision Division) : PassStep(Pass);
}
