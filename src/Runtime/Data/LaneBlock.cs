namespace NoiseGen;

/// <summary>Helpers for sources that fill lane blocks.</summary>
internal static class LaneBlock
{
    /// <summary>Images that one vector holds.</summary>
    public const int Vector = 16;

    /// <summary>The number of lanes of a block that images are to be loaded into, 16 or 32.</summary>
    /// <exception cref="ArgumentException">The block has another size, or its first image is not the first of a block.</exception>
    public static int Lanes(Shape shape, int count, int first, ReadOnlySpan<float> lanes)
    {
        int perElement = lanes.Length / shape.Count;
        if (lanes.Length % shape.Count != 0 || perElement is not (Vector or 2 * Vector))
            throw new ArgumentException(
                $"A block of images of {shape} has {Vector * shape.Count} or {2 * Vector * shape.Count} floats; found {lanes.Length}.",
                nameof(lanes));
        if ((uint)first >= (uint)count || first % perElement != 0)
            throw new ArgumentException(
                $"A block of {perElement} begins with a multiple of {perElement} below the batch's {count} images; found {first}.",
                nameof(first));
        return perElement;
    }

    /// <summary>
    /// An image's elements as fewer, longer rows in the same memory order: rows and columns are merged, and a flat vector is one row.
    /// </summary>
    public static Shape LongRows(Shape shape) =>
        shape.IsFlat ? new(1, 1, shape.Channels) : new(shape.Channels, 1, shape.Height * shape.Width);
}
