using NoiseGen.Onnx.Format;
using NoiseGen.Onnx.Graph;

namespace NoiseGen.Onnx.Export;

/// <summary>Pools.</summary>
internal static class PoolExport
{
    /// <summary>Adds a stage's pool, if it has one.</summary>
    public static GraphValue Add(GraphBuilder graph, StageDescription stage, GraphValue value) => stage.Pool switch
    {
        null => value,
        { Kind: PoolKind.Max, Window: var window } => graph.OnMaps(stage.Name, "MaxPool", value, [], stage.Output, window.Attributes()),
        { Window: var window } when IsGlobal(window, stage.MergeOutput) =>
            graph.OnMaps(stage.Name, "GlobalAveragePool", value, [], stage.Output),
        { Window: var window, CountPadding: var counts } => graph.OnMaps(
            stage.Name, "AveragePool", value, [], stage.Output,
            [.. window.Attributes(), OnnxFormat.Attribute("count_include_pad", counts ? 1 : 0)]),
    };

    private static bool IsGlobal(Window window, Shape map) =>
        (window.Height, window.Width, window.PaddingHeight, window.PaddingWidth) == (map.Height, map.Width, 0, 0);
}
