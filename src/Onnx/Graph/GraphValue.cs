namespace NoiseGen.Onnx.Graph;

/// <summary>A tensor that the graph computes: N × features for a flat shape, N × channels × height × width for others.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Shape of one image's values.</param>
internal readonly record struct GraphValue(string Name, Shape Shape)
{
    /// <summary>The dimensions behind the batch's.</summary>
    public int[] Dimensions => Shape.IsFlat ? [Shape.Channels] : [Shape.Channels, Shape.Height, Shape.Width];
}
