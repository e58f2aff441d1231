namespace NoiseGen;

/// <summary>Square images that are stored column by column, as MATLAB does.</summary>
internal static class ColumnMajor
{
    /// <summary>Transposes every plane in place, so that it is stored row by row.</summary>
    /// <param name="pixels">Planes of <paramref name="size"/>² pixels.</param>
    /// <param name="size">Rows and columns of a plane.</param>
    public static void Transpose(Span<byte> pixels, int size)
    {
        for (int start = 0; start < pixels.Length; start += size * size)
        {
            Span<byte> plane = pixels.Slice(start, size * size);
            for (int row = 0; row < size; row++)
            for (int column = 0; column < row; column++)
                (plane[row * size + column], plane[column * size + row]) = (plane[column * size + row], plane[row * size + column]);
        }
    }
}
