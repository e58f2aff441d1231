using System.ComponentModel;
using System.Runtime.InteropServices;
using static NoiseGen.LaneLayout;

namespace NoiseGen.CompilerServices;

/// <summary>Finds the first stage whose outputs are not all finite, over the blocks of one batch.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StageWatch
{
    private readonly Lock _found = new();

    /// <summary>The first stage; null if there is none, −1 for the network's input with its noise.</summary>
    internal int? First { get; private set; }

    /// <summary>Inspects a stage's output. Several threads call it at once.</summary>
    /// <param name="stage">Index of the stage, −1 for the network's input.</param>
    /// <param name="memory">The block.</param>
    /// <param name="values">The output, element × lane.</param>
    /// <param name="count">Number of elements.</param>
    public void See(int stage, in BlockMemory memory, ref float values, int count)
    {
        if (FiniteLanes.First(MemoryMarshal.CreateReadOnlySpan(ref values, count * Lanes), Lanes, memory.Images) is null) return;
        lock (_found) First = Math.Min(First ?? stage, stage);
    }
}
