using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Loops;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints the class of a stage: the methods of its forward and its backward pass.</summary>
internal static class StageEmitter
{
    public static void Emit(SourceWriter writer, StageNode node, StageLoops loops)
    {
        if (node.Pool is { } pool) Window(writer, node.MergeOutput, pool);
        foreach (Method method in loops.Methods)
        {
            if (node.Pool is not null || method != loops.Methods.First()) writer.Space();
            Method(writer, method);
        }
    }

    /// <summary>Prints a call of a stage's method.</summary>
    public static string Call(StagePlan stage, Method method) =>
        $"{NetworkEmitter.KernelsOf(stage.Node)}.{method.Name}(memory{string.Concat(method.Parameters.Select(parameter => ", " + Argument(stage, parameter)))});";

    private static void Window(SourceWriter writer, ImageShape map, PoolNode pool)
    {
        WindowNode window = pool.Window;
        writer.Write("private static readonly PoolWindow Window = new("
            + $"Channels: {map.Channels}, Height: {map.Height}, Width: {map.Width}, Rows: {window.Height}, Columns: {window.Width}, "
            + $"StrideHeight: {window.StrideHeight}, StrideWidth: {window.StrideWidth}, "
            + $"PaddingHeight: {window.PaddingHeight}, PaddingWidth: {window.PaddingWidth}, CountPadding: {(pool.CountPadding ? "true" : "false")});");
    }

    private static void Method(SourceWriter writer, Method method)
    {
        if (method.Remark is { } remark) writer.Write($"// {remark}");
        using (writer.Block(
            $"public static void {method.Name}(in BlockMemory memory{string.Concat(method.Parameters.Select(parameter => ", " + Declaration(parameter)))})"))
        {
            var steps = new StepEmitter(writer);
            bool isFirst = true;
            foreach (IReadOnlyList<Step> paragraph in method.Paragraphs.Where(steps => steps.Count > 0))
            {
                if (!isFirst) writer.Space();
                isFirst = false;
                steps.Emit(paragraph);
            }
        }
    }

    private static string Declaration(MethodParameter parameter) => parameter switch
    {
        MethodParameter.Pass => "in NoisePass pass, int image",
        MethodParameter.Layer => "LinearLayer layer",
        MethodParameter.Norm => "BatchNormLayer norm",
        MethodParameter.Levels => "QuantizerLevels levels",
        MethodParameter.LearnedScale => "LearnedScale scale",
        _ => "float rate",
    };

    private static string Argument(StagePlan stage, MethodParameter parameter) => parameter switch
    {
        MethodParameter.Pass => "pass, image",
        MethodParameter.Layer => $"state.Layer({stage.Linear!.Layer})",
        MethodParameter.Norm => $"state.Norm({stage.Norm!.Number})",
        MethodParameter.Levels => $"state.QuantizerLevels({stage.Index})",
        MethodParameter.LearnedScale => $"state.LearnedScale({stage.Index})",
        _ => $"state.DropoutRate({stage.Index})",
    };
}
