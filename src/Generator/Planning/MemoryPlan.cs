using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Planning;

/// <summary>The memory in which a buffer lies.</summary>
internal enum Area
{
    /// <summary>Memory of a thread that works on a block: the buffer's values are used within one segment of the schedule only.</summary>
    Scratch,

    /// <summary>Memory of a block: values are kept from one segment to the next.</summary>
    Block,
}

/// <summary>A buffer. Its offset is known once <see cref="MemoryPlan.Assign"/> has seen all uses.</summary>
/// <param name="name">The name of its offset in generated code.</param>
/// <param name="floats">Its length.</param>
internal sealed class Slot(string name, long floats)
{
    private readonly Life _life = new();
    private Life? _again;

    /// <summary>The name of its offset in generated code.</summary>
    public string Name { get; } = name;

    /// <summary>Length in floats, a multiple of the cache line.</summary>
    public long Floats { get; } = MemoryPlan.Rounded(floats);

    public Area Area => _life.IsLong || _again is { IsLong: true } ? Area.Block : Area.Scratch;

    /// <summary>Where it starts, in floats.</summary>
    public int Offset { get; private set; }

    public bool IsUsed => _life.Last >= 0;

    /// <summary>Notes that an operation reads or writes the buffer.</summary>
    public void Use(Moment moment) => _life.Add(moment);

    /// <summary>
    /// Notes that the buffer's values are computed a second time, for operations that come after all those noted by <see cref="Use"/>; in
    /// between, its memory is free.
    /// </summary>
    public void UseAgain(Moment moment) => (_again ??= new Life()).Add(moment);

    /// <summary>Whether both are needed at the same time.</summary>
    public bool Meets(Slot other) => other.Meets(_life) || (_again is not null && other.Meets(_again));

    private bool Meets(Life life) => life.Meets(_life) || (_again is not null && life.Meets(_again));

    public void Place(long offset) => Offset = (int)Math.Min(offset, MemoryLimit.Floats);

    // From the first operation that needs its values to the last one.
    private sealed class Life
    {
        private int _segment = -1;

        public int First { get; private set; } = int.MaxValue;

        public int Last { get; private set; } = -1;

        // Whether it spans segments.
        public bool IsLong { get; private set; }

        public void Add(Moment moment)
        {
            (First, Last) = (Math.Min(First, moment.Time), Math.Max(Last, moment.Time));
            IsLong |= moment.IsShared || (_segment >= 0 && _segment != moment.Segment);
            _segment = moment.Segment;
        }

        public bool Meets(Life other) => First <= other.Last && other.First <= Last;
    }
}

/// <summary>
/// Assigns offsets in the network's memories, aligned to cache lines; buffers that are never needed at the same time share memory. A
/// network that is too large is planned too, in 64 bits: its sizes are correct or at least above <see cref="MemoryLimit.Floats"/>, but its
/// offsets are meaningless.
/// </summary>
internal sealed class MemoryPlan
{
    private const int Alignment = 16;

    private readonly List<Slot> _slots = [];

    /// <summary>All buffers.</summary>
    public IReadOnlyList<Slot> Slots => _slots;

    public long ParameterFloats { get; private set; }

    /// <summary>Running means and variances.</summary>
    public long StatisticsFloats { get; private set; }

    /// <summary>
    /// Weights packed for the forward pass, by segment: in training each segment's overwrite the previous ones; in evaluation all lie side
    /// by side.
    /// </summary>
    public PackedWeights Forward { get; } = new();

    /// <summary>Weights packed for input gradients; each backward segment's overwrite the previous ones.</summary>
    public PackedWeights Backward { get; } = new();

    public long BlockFloats { get; private set; }

    public long ScratchFloats { get; private set; }

    /// <summary>Floats that the threads share.</summary>
    public long SharedFloats { get; private set; }

    /// <summary>Floats that the buffers of a block would take without sharing memory.</summary>
    public long BufferFloats => _slots.Where(slot => slot is { Area: Area.Block, IsUsed: true }).Sum(slot => slot.Floats);

    /// <summary>The memories that are too large, by content.</summary>
    public IEnumerable<string> Excesses
    {
        get
        {
            if (ParameterFloats > MemoryLimit.Floats) yield return $"{ParameterFloats} parameters";
            if (Math.Max(Forward.Floats, Backward.LargestSegment) is > MemoryLimit.Floats and var packed)
                yield return $"{packed} packed weights";
            if (BlockFloats > MemoryLimit.Floats) yield return $"{BlockFloats} numbers that are kept of 32 images";
            if (ScratchFloats > MemoryLimit.Floats) yield return $"{ScratchFloats} numbers to work on 32 images";
            if (SharedFloats > MemoryLimit.Floats) yield return $"{SharedFloats} numbers to work on weights' gradients";
        }
    }

    /// <summary>A number of floats rounded up to whole cache lines.</summary>
    public static long Rounded(long floats) => (floats + Alignment - 1) / Alignment * Alignment;

    public int Parameter(long floats) => Take(floats, ParameterFloats, end => ParameterFloats = end);

    public int Statistic(long floats) => Take(floats, StatisticsFloats, end => StatisticsFloats = end);

    /// <summary>
    /// Makes room for an operation that all threads share. Such operations run one at a time, so all use the same memory.
    /// </summary>
    public void Share(long floats) => SharedFloats = Math.Max(SharedFloats, Rounded(floats));

    /// <summary>A buffer whose uses are noted later.</summary>
    public Slot Buffer(string name, long floats)
    {
        var slot = new Slot(name, floats);
        _slots.Add(slot);
        return slot;
    }

    /// <summary>
    /// Assigns an offset to every buffer: the largest first, each in the lowest gap between the buffers that are needed at the same time.
    /// </summary>
    public void Assign()
    {
        BlockFloats = Assign(Area.Block);
        ScratchFloats = Assign(Area.Scratch);
    }

    private long Assign(Area area)
    {
        List<Slot> placed = [];
        long end = 0;
        foreach (Slot slot in _slots.Where(slot => slot.Area == area && slot.IsUsed).OrderByDescending(slot => slot.Floats))
        {
            long offset = 0;
            foreach (Slot other in placed.Where(slot.Meets).OrderBy(other => other.Offset))
            {
                if (other.Offset >= offset + slot.Floats) break;
                offset = Math.Max(offset, other.Offset + other.Floats);
            }

            slot.Place(offset);
            placed.Add(slot);
            end = Math.Max(end, offset + slot.Floats);
        }

        return end;
    }

    /// <summary>The problem of a memory that is too large, only the first one; null if all fit.</summary>
    /// <param name="network">The network's name.</param>
    public Problem? Problem(string network)
    {
        if (Excesses.FirstOrDefault() is not { } excess) return null;
        ProblemList problems = new();
        problems.Add(DiagnosticIds.TooLarge, Place.Name(Place.Network), $"Network '{network}'", excess, MemoryLimit.Floats);
        return problems.ToArray()[0];
    }

    private static int Take(long floats, long start, Action<long> setEnd)
    {
        setEnd(start + Rounded(floats));
        return (int)Math.Min(start, MemoryLimit.Floats);
    }
}
