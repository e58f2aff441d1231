namespace NoiseGen.Generator.Loops;

/// <summary>
/// How the turns of a loop may be divided among threads without changing a bit.
/// Blocks of images can always be divided; this is about one block.
/// </summary>
/// <param name="Kind">What may be divided.</param>
/// <param name="Multiple">Rows, columns or channels that stay together.</param>
/// <param name="Private">Buffers of which every part needs one of its own.</param>
internal sealed record LoopDivision(DivisionKind Kind, int Multiple = 1, IReadOnlyList<string>? Private = null)
{
    /// <summary>Not at all.</summary>
    public static LoopDivision None { get; } = new(DivisionKind.None);
}

/// <summary>What of a loop may be divided.</summary>
internal enum DivisionKind
{
    /// <summary>Nothing: its turns feed one sum in their order.</summary>
    None,

    /// <summary>Rows: each turn writes what no other turn reads.</summary>
    Rows,

    /// <summary>Columns of one row.</summary>
    Columns,

    /// <summary>Output channels: those of the single row that there is, or those that a kernel's tiles compute.</summary>
    Channels,

    /// <summary>Input channels of a weight gradient: each has sums of its own.</summary>
    Inputs,

    /// <summary>Taps of the kernel in a weight gradient: each has sums of its own.</summary>
    Taps,

    /// <summary>Squares of pixels that Winograd's transforms take.</summary>
    Squares,

    /// <summary>Products of such a square: each is a matrix product of its own.</summary>
    Products,
}
