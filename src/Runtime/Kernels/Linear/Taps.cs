using System.ComponentModel;

namespace NoiseGen.CompilerServices;

/// <summary>Which targets of a convolution a kernel tap reaches: target t reads source <c>t·stride + offset</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Taps
{
    /// <summary>The first target whose source is not before the start of the map.</summary>
    /// <param name="offset">The tap's place minus the padding.</param>
    /// <param name="stride">The stride.</param>
    public static int FirstTarget(int offset, int stride) => offset >= 0 ? 0 : (-offset - 1) / stride + 1;

    /// <summary>One past the last target whose source is not past the end of the map.</summary>
    /// <param name="offset">The tap's place minus the padding.</param>
    /// <param name="stride">The stride.</param>
    /// <param name="size">Rows or columns of the map.</param>
    /// <param name="targets">Number of targets.</param>
    public static int EndTarget(int offset, int stride, int size, int targets) =>
        offset >= size ? 0 : Math.Min(targets, (size - 1 - offset) / stride + 1);
}
