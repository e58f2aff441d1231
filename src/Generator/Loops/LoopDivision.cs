namespace NoiseGen.Generator.Loops;

/// <summary>
/// How the turns of a loop may be divided among threads without changing a bit.
/// Blocks of images can always be divided; this is about one block.
/// </summary>
/// <param name="Kind">What may be divided.</param>
/// <param name="Multiple">Rows that stay together.</param>
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

    /// <summary>Output channels of the single row that there is.</summary>
    Channels,
}
