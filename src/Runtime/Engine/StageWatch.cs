using System.ComponentModel;
using System.Runtime.InteropServices;
using static NoiseGen.LaneLayout;

namespace NoiseGen.CompilerServices;

/// <summary>Looks for the first stage whose outputs are not finite numbers, in the blocks of one batch.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StageWatch
{
    private readonly Lock _found = new();

    /// <summary>The first stage; null where there is none, −1 for the network's input with its noise.</summary>
    internal int? First { get; private set; }

    /// <summary>Is shown a stage's output; called by several threads at once.</summary>
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
