using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Tests.Memory;

/// <summary>The effect of one statement of generated code on the buffers of a block or a thread.</summary>
/// <param name="Statement">The statement, or the runtime's operation.</param>
/// <param name="Segment">The segment of the schedule that it belongs to, or that it follows.</param>
/// <param name="IsShared">Whether it follows a segment, and works on all blocks.</param>
/// <param name="Slots">The buffers that it reads or writes.</param>
/// <param name="Renewed">Those that it recomputes, whatever they contained.</param>
internal sealed record MemoryUse(string Statement, int Segment, bool IsShared, IReadOnlySet<Slot> Slots, IReadOnlySet<Slot> Renewed);

/// <summary>From the first statement that uses a buffer to the last one; a recomputed buffer has two lives.</summary>
internal sealed record BufferLife(Slot Slot, int First, int Last)
{
    public bool Meets(BufferLife other) => First <= other.Last && other.First <= Last;

    /// <summary>The lives of all buffers that a training step uses.</summary>
    public static IEnumerable<BufferLife> Of(IReadOnlyList<MemoryUse> step)
    {
        foreach (Slot slot in step.SelectMany(use => use.Slots).Distinct())
        {
            int[] times = [.. Enumerable.Range(0, step.Count).Where(time => step[time].Slots.Contains(slot))];
            int renewal = Array.FindIndex(times, time => step[time].Renewed.Contains(slot));
            if (renewal > 0) yield return new(slot, times[0], times[renewal - 1]);
            yield return new(slot, times[Math.Max(0, renewal)], times[^1]);
        }
    }
}
