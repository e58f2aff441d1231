namespace NoiseGen.Generator.Loops;

/// <summary>
/// How the iterations of a loop may be divided among threads without changing a bit.
/// Blocks of images can always be divided; this is about one block.
/// </summary>
/// <param name="Kind">What may be divided.</param>
/// <param name="Multiple">Rows, columns or channels that stay together.</param>
/// <param name="Private">Buffers that each thread needs a copy of.</param>
internal sealed record LoopDivision(DivisionKind Kind, int Multiple = 1, IReadOnlyList<string>? Private = null)
{
    /// <summary>Not at all.</summary>
    public static LoopDivision None { get; } = new(DivisionKind.None);
}

/// <summary>What of a loop may be divided.</summary>
internal enum DivisionKind
{
    /// <summary>Nothing: its iterations add to one sum, in order.</summary>
    None,

    /// <summary>Rows: no iteration reads what another one writes.</summary>
    Rows,

    /// <summary>Columns of one row.</summary>
    Columns,

    /// <summary>Values of one row, whichever columns and channels they belong to.</summary>
    Values,

    /// <summary>Output channels: of a map with a single row, or of a kernel's tiles.</summary>
    Channels,

    /// <summary>Input channels of a weight gradient, whose sums are separate.</summary>
    Inputs,

    /// <summary>Taps of the kernel in a weight gradient, whose sums are separate.</summary>
    Taps,

    /// <summary>Squares of pixels that Winograd's transforms take.</summary>
    Squares,

    /// <summary>Products of such a square: separate matrix products.</summary>
    Products,
}
