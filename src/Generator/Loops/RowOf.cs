namespace NoiseGen.Generator.Loops;

/// <summary>Which row of a buffer a step works on.</summary>
internal enum RowIndex
{
    /// <summary>The buffer's start: it has a single row, or the step takes all of it.</summary>
    First,

    /// <summary>The current row.</summary>
    Row,

    /// <summary>The current row, counted from the start of its strip.</summary>
    RowOfStrip,

    /// <summary>The first row of the strip.</summary>
    StartOfStrip,

    /// <summary>The row of the pool's output.</summary>
    Pooled,
}

/// <summary>Which row a loop is at.</summary>
internal static class RowIndexes
{
    /// <summary>In a map of so many rows: a map of one row has no loop, and so no number.</summary>
    public static RowIndex Of(int rows) => rows == 1 ? RowIndex.First : RowIndex.Row;
}

/// <summary>Some rows of a map.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Count">How many there are; unused for a strip.</param>
internal readonly record struct RowSpan(RowSpanKind Kind, int Count = 1);

/// <summary>Which rows of a map a step takes at once.</summary>
internal enum RowSpanKind
{
    /// <summary>All.</summary>
    All,

    /// <summary>The rows of the current strip.</summary>
    Strip,

    /// <summary>The current row.</summary>
    Row,
}

/// <summary>A row of a buffer.</summary>
/// <param name="Buffer">The buffer's name in the method.</param>
/// <param name="Index">Which row.</param>
/// <param name="Stride">Elements from one row to the next: floats, or the halves of masks.</param>
/// <param name="Ring">Rows of a ring buffer, indexed modulo its rows; 0 for a buffer that holds all rows.</param>
internal readonly record struct RowOf(string Buffer, RowIndex Index, int Stride, int Ring = 0)
{
    /// <summary>A buffer's start.</summary>
    public static RowOf Start(string buffer) => new(buffer, RowIndex.First, 0);
}
