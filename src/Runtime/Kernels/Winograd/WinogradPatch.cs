namespace NoiseGen;

/// <summary>Which neighbours of a patch's outputs lie inside the map.</summary>
internal readonly record struct WinogradPatch(bool Left, bool Right, bool Above, bool Below)
{
    /// <param name="row">The patch's first row of outputs.</param>
    /// <param name="column">The patch's first column of outputs.</param>
    /// <param name="size">Outputs along a side.</param>
    /// <param name="height">Rows of the map.</param>
    /// <param name="width">Columns of the map.</param>
    public static WinogradPatch Of(nint row, nint column, int size, nint height, nint width) =>
        new(column > 0, column + size < width, row > 0, row + size < height);
}
