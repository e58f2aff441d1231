using NoiseGen.Generator.Graph;

namespace NoiseGen.Generator.Planning;

/// <summary>The initial values of a tile's sums.</summary>
internal enum TileStart
{
    Zeros,
    Biases,

    /// <summary>The values in the target.</summary>
    Target,
}

/// <summary>Strides of weights in PyTorch's order: a matrix, outputs × inputs.</summary>
/// <param name="Channel">Floats between the weights of neighbouring target channels.</param>
/// <param name="Input">Floats between the weights of neighbouring source channels.</param>
internal sealed record MatrixSteps(int Channel, int Input);

/// <summary>A register tile: accumulators for some output channels at some neighbouring pixels, of 32 images each.</summary>
/// <param name="Adds">Whether the sums are added to the target.</param>
/// <param name="IsGrouped">Whether a pixel's inputs are one group of its channels, so that the inputs of neighbouring pixels are not
/// contiguous.</param>
/// <param name="Matrix">The strides of weights that are not packed; null for packed weights, input × channel.</param>
internal sealed record Tile(int Channels, int Pixels, bool Adds, bool IsGrouped, MatrixSteps? Matrix = null)
{
    /// <summary>The class that contains it: the library's, or the network's.</summary>
    public string Class => Matrix is null ? "Tiles" : "MatrixTiles";

    public string Name => $"{(Adds ? "Add" : "")}{(IsGrouped ? "Group" : "")}Tile{Channels}x{Pixels}{Suffix}";

    /// <summary>Floats between the weights of neighbouring source channels.</summary>
    public int InputStep => Matrix?.Input ?? Channels;

    /// <summary>Floats between the weights of neighbouring target channels.</summary>
    public int ChannelStep => Matrix?.Channel ?? 1;

    private string Suffix => Matrix is null ? "" : Matrix.Input == 1 ? $"_RowsOf{Matrix.Channel}" : $"_ColumnsOf{Matrix.Input}";
}

/// <summary>Consecutive groups of equal width: how channels are divided among tiles.</summary>
/// <param name="Start">The first channel.</param>
/// <param name="Count">Number of groups.</param>
/// <param name="Width">Channels in each.</param>
internal sealed record Run(int Start, int Count, int Width)
{
    /// <summary>The first channel of each group.</summary>
    public IEnumerable<int> Starts => Enumerable.Range(0, Count).Select(group => Start + group * Width);
}

/// <summary>
/// A convolution by register tiles over one map: a layer's forward pass, its input gradient, or one phase of the input gradient if the
/// stride is above 1. Target pixel (i, j) reads the source window that starts at (i·RowStep − Top, j·ColumnStep − Left).
/// </summary>
/// <param name="MethodName">Name of the generated method that computes one target row.</param>
/// <param name="Start">The initial values of the sums.</param>
/// <param name="Source">The map that it reads.</param>
/// <param name="Channels">Target channels.</param>
/// <param name="Rows">Target rows of this pass.</param>
/// <param name="Columns">Target columns of this pass.</param>
/// <param name="TargetRowStep">Pixels from one target row of this pass to the next.</param>
/// <param name="TargetColumnStep">Pixels from one target column of this pass to the next.</param>
/// <param name="TargetRow">Row of the target map that corresponds to target row 0.</param>
/// <param name="TargetColumn">Column of the target map that corresponds to target column 0.</param>
/// <param name="Weights">Offset of the pass's packed weights among those of the layer.</param>
/// <param name="TileChannels">Channels of a full tile.</param>
/// <param name="TilePixels">Pixels of a tile away from the edges.</param>
/// <param name="Groups">Groups of channels, in the source as in the target.</param>
/// <param name="Matrix">The strides of weights that are not packed; null for packed weights.</param>
internal sealed record TilePass(
    string MethodName, TileStart Start, ImageShape Source, int KernelRows, int KernelColumns, int RowStep, int ColumnStep, int Top,
    int Left, int Channels,
    int Rows, int Columns, int TargetRowStep, int TargetColumnStep, int TargetRow, int TargetColumn, int Weights, int TileChannels,
    int TilePixels,
    int Groups, MatrixSteps? Matrix = null)
{
    /// <summary>Name of the method of a layer's forward pass.</summary>
    public const string ForwardName = "Row";

    /// <summary>Whether this is the layer itself, not a gradient.</summary>
    public bool IsForward => MethodName == ForwardName;

    /// <summary>The same pass, adding to the target.</summary>
    public TilePass Adding => this with { MethodName = "Add" + MethodName, Start = TileStart.Target };

    /// <summary>Source channels of one group.</summary>
    public int SourceChannels => Source.Channels / Groups;

    /// <summary>Target channels of one group.</summary>
    public int TargetChannels => Channels / Groups;

    /// <summary>Whether the tiles process a kernel row column by column; without groups it is one contiguous run of the source.</summary>
    public bool IsGrouped => Groups > 1 && KernelColumns > 1;

    /// <summary>Inputs in one kernel row.</summary>
    public int RowInputs => KernelColumns * SourceChannels;

    /// <summary>Inputs per target value.</summary>
    public int Inputs => KernelRows * RowInputs;

    /// <summary>Whether some target row's window reaches beyond the source's upper or lower edge.</summary>
    public bool ClipsRows => Top > 0 || (Rows - 1) * RowStep - Top + KernelRows > Source.Height;

    /// <summary>First target column whose window lies inside the source.</summary>
    public int InteriorStart => Math.Min(Columns, Left > 0 ? (Left + ColumnStep - 1) / ColumnStep : 0);

    /// <summary>Target column after the last one whose window lies inside the source.</summary>
    public int InteriorEnd => Math.Max(
        InteriorStart,
        Source.Width - KernelColumns + Left < 0 ? 0 : Math.Min(Columns, (Source.Width - KernelColumns + Left) / ColumnStep + 1));

    /// <summary>Whether some target column is computed alone: at an edge, or as a remainder of the tiles' pixels.</summary>
    public bool HasSingles => InteriorStart > 0 || InteriorEnd < Columns || (InteriorEnd - InteriorStart) % TilePixels != 0;

    /// <summary>The tiles of one group.</summary>
    public IEnumerable<Run> Runs => Division.Runs(TargetChannels, TileChannels);

    public IEnumerable<Tile> Tiles
    {
        get
        {
            foreach (Run run in Runs)
            {
                if (InteriorEnd - InteriorStart >= TilePixels) yield return TileOf(run.Width, TilePixels);
                if (HasSingles) yield return TileOf(run.Width, 1);
            }
        }
    }

    public Tile TileOf(int channels, int pixels) => new(channels, pixels, Start == TileStart.Target, IsGrouped, Matrix);
}

/// <summary>Divides channels among tiles.</summary>
internal static class Division
{
    /// <summary>
    /// A width for groups of at most <paramref name="most"/>: the largest that divides the count, unless such groups are a quarter narrower
    /// than the fewest, equal groups would be.
    /// </summary>
    public static int Width(int count, int most)
    {
        int groups = (count + most - 1) / most;
        int equal = (count + groups - 1) / groups;
        for (int width = Math.Min(count, most); width * 4 > equal * 3; width--)
        {
            if (count % width == 0) return width;
        }

        return equal;
    }

    /// <summary>
    /// The fewest groups of at most a given width, as equal as possible: if the width does not divide the count, the last groups are
    /// narrower by one. So many shapes use the same few tiles.
    /// </summary>
    public static IEnumerable<Run> Runs(int count, int most)
    {
        int groups = (count + most - 1) / most, width = (count + groups - 1) / groups, narrower = groups * width - count,
            wide = groups - narrower;
        if (wide > 0) yield return new Run(0, wide, width);
        if (narrower > 0) yield return new Run(wide * width, narrower, width - 1);
    }
}
