namespace NoiseGen;

/// <summary>An augmented image of floats: the counterpart of <see cref="ImageWindow"/> for bytes.</summary>
internal static class FloatWindow
{
    /// <summary>Writes the image shifted, padded with zeros, and optionally mirrored.</summary>
    /// <param name="image">Channel × row × column.</param>
    /// <param name="shown">Channel × row × column.</param>
    /// <param name="shape">Shape of both.</param>
    /// <param name="row">Row of the image that is shown as the first one.</param>
    /// <param name="column">Column of the image that is shown as the first one, before mirroring.</param>
    /// <param name="flip">Whether columns run from right to left.</param>
    public static void Show(ReadOnlySpan<float> image, Span<float> shown, Shape shape, int row, int column, bool flip)
    {
        int from = Math.Max(column, 0), to = Math.Max(-column, 0), length = Math.Max(shape.Width - Math.Abs(column), 0);
        shown.Clear();
        for (int line = 0; line < shape.Channels * shape.Height; line++)
        {
            int source = line % shape.Height + row;
            Span<float> target = shown.Slice(line * shape.Width, shape.Width);
            if ((uint)source >= (uint)shape.Height || length == 0) continue;
            image.Slice((line / shape.Height * shape.Height + source) * shape.Width + from, length).CopyTo(target[to..]);
            if (flip) target.Reverse();
        }
    }
}
