namespace NoiseGen.Benchmarks.Roofline;

/// <summary>
/// Multiplications that a linear operation really does for one image, in any of its three passes:
/// the forward pass, the input gradient and the weight gradient pair the same inputs, weights and outputs.
/// What pads vectors to their width, and the transforms of squares, count nothing.
/// </summary>
internal static class Multiplications
{
    /// <summary>With the taps that fall on padding left out.</summary>
    /// <param name="linear">The operation.</param>
    /// <param name="input">Shape of its input.</param>
    /// <param name="output">Shape of its output.</param>
    public static double Direct(LinearDescription linear, Shape input, Shape output) => linear switch
    {
        LinearDescription.Conv2d { Window: var w, Groups: var groups } =>
            (double)Taps(output.Height, input.Height, w.Height, w.StrideHeight, w.PaddingHeight)
            * Taps(output.Width, input.Width, w.Width, w.StrideWidth, w.PaddingWidth)
            * (input.Channels / groups) * output.Channels,
        _ => (double)input.Count * output.Count,
    };

    /// <summary>Of a 3×3 convolution by transforms of squares.</summary>
    /// <param name="transforms">The transforms.</param>
    /// <param name="input">Shape of its input.</param>
    /// <param name="output">Shape of its output.</param>
    public static double Squares(SquareTransforms transforms, Shape input, Shape output) =>
        (double)transforms.Products * SquaresAlong(output.Height, transforms) * SquaresAlong(
            output.Width, transforms) * input.Channels * output.Channels;

    private static int SquaresAlong(int outputs, SquareTransforms transforms) => (outputs + transforms.Size - 1) / transforms.Size;

    // Pairs of an output and a tap, along one direction, that meet inside the map.
    private static int Taps(int outputs, int inputs, int kernel, int stride, int padding) =>
        Enumerable.Range(0, outputs)
            .Sum(output => Enumerable.Range(output * stride - padding, kernel).Count(place => place >= 0 && place < inputs));
}
