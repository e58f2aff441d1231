using NoiseGen.Generator.Graph;

namespace NoiseGen.Generator.Planning;

/// <summary>Transforms that compute a square tile of a 3×3 convolution's outputs with fewer multiplications.</summary>
/// <param name="Class">The library's class.</param>
/// <param name="Title">Their name in comments.</param>
/// <param name="Size">Outputs along a side of the tile.</param>
/// <param name="Products">Multiplications per tile.</param>
/// <param name="IsWhole">Whether the tile must be the whole map.</param>
internal sealed record WinogradTransforms(string Class, string Title, int Size, int Products, bool IsWhole)
{
    // F(6×6, 3×3) would save another fifth of the products, but needs two more interpolation points; not tried.
    /// <summary>All transforms, the fewest multiplications first.</summary>
    public static readonly WinogradTransforms[] All =
    [
        new("MiddleProduct2x2", "middle products", 2, 9, IsWhole: true),
        new("Winograd4x4", "Winograd's F(4×4, 3×3)", 4, 36, IsWhole: false),
        new("Winograd2x2", "Winograd's F(2×2, 3×3)", 2, 16, IsWhole: false),
    ];

    /// <summary>The most target rows that can be computed at a time.</summary>
    public static int MostRows => All.Max(one => one.Size);

    /// <summary>The transforms with the fewest multiplications for a map; null where none fit.</summary>
    /// <param name="map">The map.</param>
    /// <param name="rows">Rows of it for which there is room at a time.</param>
    public static WinogradTransforms? Of(ImageShape map, int rows) =>
        All.FirstOrDefault(one => rows > 0 && rows % one.Size == 0 && one.Fits(map));

    /// <summary>Number of Winograd tiles in a map.</summary>
    public int Squares(ImageShape map) => map.Height / Size * (map.Width / Size);

    private bool Fits(ImageShape map) =>
        IsWhole ? map.Height == Size && map.Width == Size : map.Height % Size == 0 && map.Width % Size == 0;
}
