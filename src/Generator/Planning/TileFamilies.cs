namespace NoiseGen.Generator.Planning;

/// <summary>Every register tile that a plan can contain, except those that read a matrix, whose strides are arbitrary numbers.</summary>
internal static class TileFamilies
{
    // The most channels of a register tile of a forward pass or an input gradient: one pixel of 32 images is two vectors.
    private const int MostChannels = LinearPlanner.MostAccumulators / 2;

    /// <summary>
    /// Tiles of convolutions: channels × pixels, which overwrite or add, over a contiguous run of inputs or one run per kernel column.
    /// </summary>
    public static IEnumerable<Tile> Convolutions =>
        from adds in new[] { false, true }
        from isGrouped in new[] { false, true }
        from channels in Enumerable.Range(1, MostChannels)
        from pixels in Enumerable.Range(1, LinearPlanner.PixelsOf(channels, int.MaxValue))
        select new Tile(channels, pixels, adds, isGrouped);

    /// <summary>Tiles of weight gradients by reduction over lanes.</summary>
    public static IEnumerable<LaneTile> Lanes =>
        (from outputs in Enumerable.Range(1, LinearPlanner.MostLaneOutputs)
         from inputs in Enumerable.Range(1, LinearPlanner.GradientAccumulators / outputs)
         select new LaneTile(outputs, inputs, IsDiagonal: false))
        .Concat(Enumerable.Range(1, LinearPlanner.MostLaneOutputs).Select(outputs => new LaneTile(outputs, 1, IsDiagonal: true)));

    /// <summary>
    /// Tiles of weight gradients as outer products, including those by Winograd's transforms, which are one vector wide and always add.
    /// </summary>
    public static IEnumerable<OuterTile> OuterProducts =>
        (from adds in new[] { false, true }
         from outputs in Enumerable.Range(1, LinearPlanner.GradientAccumulators / 2)
         from vectors in Enumerable.Range(1, LinearPlanner.MostOuterVectors)
         select new OuterTile(outputs, vectors, adds))
        .Union(Enumerable.Range(1, WinogradGradientPlan.MostOutputs).Select(outputs => new OuterTile(outputs, 1, Adds: true)));
}
