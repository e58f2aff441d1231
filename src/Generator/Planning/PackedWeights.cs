using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Planning;

/// <summary>Weights in the order of the register tiles, by the segments of the schedule that read them.</summary>
internal sealed class PackedWeights
{
    private readonly SortedDictionary<int, long> _segments = [];

    /// <summary>Floats of all segments.</summary>
    public long Floats => _segments.Values.Sum();

    /// <summary>Floats of the largest segment.</summary>
    public long LargestSegment => _segments.Values.DefaultIfEmpty().Max();

    /// <summary>Makes room for a layer's weights.</summary>
    /// <returns>Their offset within the segment.</returns>
    public int Add(int segment, long floats)
    {
        _segments.TryGetValue(segment, out long start);
        _segments[segment] = start + MemoryPlan.Rounded(floats);
        return (int)Math.Min(start, MemoryLimit.Floats);
    }

    /// <summary>Offset of a segment's weights if those of all segments lie side by side.</summary>
    public int Start(int segment) =>
        (int)Math.Min(_segments.TakeWhile(other => other.Key < segment).Sum(other => other.Value), MemoryLimit.Floats);
}
