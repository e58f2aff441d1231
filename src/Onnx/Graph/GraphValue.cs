namespace NoiseGen.Onnx.Graph;

/// <summary>A tensor that the graph computes: N × features for a flat shape, else N × channels × height × width.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Shape per image.</param>
internal readonly record struct GraphValue(string Name, Shape Shape)
{
    /// <summary>The dimensions after the batch dimension.</summary>
    public int[] Dimensions => Shape.IsFlat ? [Shape.Channels] : [Shape.Channels, Shape.Height, Shape.Width];
}
