namespace NoiseGen.Generator.Planning;

/// <summary>Which memory a buffer lies in.</summary>
internal enum Area
{
    /// <summary>Written anew for every block, by the thread that works on it.</summary>
    Scratch,

    /// <summary>Kept for every block until the step ends.</summary>
    Block,
}

/// <summary>A place in a memory, in floats.</summary>
internal sealed record Slot(Area Area, int Offset);

/// <summary>Hands out places in the network's memories, each aligned to a cache line.</summary>
internal sealed class MemoryPlan
{
    private const int Alignment = 16;

    public int ParameterFloats { get; private set; }

    // The first floats stay zero: the biases of passes that have none.
    public int PackedFloats { get; private set; } = Alignment;

    public int BlockFloats { get; private set; }

    public int ScratchFloats { get; private set; }

    public int Parameter(int floats) => Take(floats, ParameterFloats, end => ParameterFloats = end);

    public int Packed(int floats) => Take(floats, PackedFloats, end => PackedFloats = end);

    public Slot Buffer(Area area, int floats) => area == Area.Block
        ? new Slot(area, Take(floats, BlockFloats, end => BlockFloats = end))
        : new Slot(area, Take(floats, ScratchFloats, end => ScratchFloats = end));

    private static int Take(int floats, int start, Action<int> setEnd)
    {
        setEnd(checked(start + (floats + Alignment - 1) / Alignment * Alignment));
        return start;
    }
}
