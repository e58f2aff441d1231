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

/// <summary>
/// Hands out places in the network's memories, each aligned to a cache line. A network that is too large is planned as well, in 64 bits: its sizes are
/// right or at least above <see cref="MaxFloats"/>, its places are of no use.
/// </summary>
internal sealed class MemoryPlan
{
    /// <summary>Most floats of one memory: 2 GiB, so that 32 bits count the bytes of every part of it.</summary>
    public const int MaxFloats = 1 << 29;

    private const int Alignment = 16;

    public long ParameterFloats { get; private set; }

    // The first floats stay zero: the biases of passes that have none.
    public long PackedFloats { get; private set; } = Alignment;

    public long BlockFloats { get; private set; }

    public long ScratchFloats { get; private set; }

    /// <summary>The memories that are too large, by what they hold.</summary>
    public IEnumerable<string> Excesses
    {
        get
        {
            if (ParameterFloats > MaxFloats) yield return $"{ParameterFloats} parameters";
            if (PackedFloats > MaxFloats) yield return $"{PackedFloats} packed weights";
            if (BlockFloats > MaxFloats) yield return $"{BlockFloats} numbers that are kept of 32 images";
            if (ScratchFloats > MaxFloats) yield return $"{ScratchFloats} numbers to work on 32 images";
        }
    }

    /// <summary>A number of floats filled up to whole cache lines.</summary>
    public static long Rounded(long floats) => (floats + Alignment - 1) / Alignment * Alignment;

    public int Parameter(long floats) => Take(floats, ParameterFloats, end => ParameterFloats = end);

    public int Packed(long floats) => Take(floats, PackedFloats, end => PackedFloats = end);

    public Slot Buffer(Area area, long floats) => area == Area.Block
        ? new Slot(area, Take(floats, BlockFloats, end => BlockFloats = end))
        : new Slot(area, Take(floats, ScratchFloats, end => ScratchFloats = end));

    private static int Take(long floats, long start, Action<long> setEnd)
    {
        setEnd(start + Rounded(floats));
        return (int)Math.Min(start, MaxFloats);
    }
}
