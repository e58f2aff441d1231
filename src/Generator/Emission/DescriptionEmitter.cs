using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints the network's description.</summary>
internal static class DescriptionEmitter
{
    private const string Library = "global::NoiseGen";

    public static void Emit(SourceWriter writer, NetworkPlan plan)
    {
        NetworkGraph graph = plan.Graph;
        writer.Write($"private static readonly {Library}.NetworkDescription s_description = new(");
        writer.Write($"    \"{graph.Class.Name.TrimStart('@')}\",\n    {Shape(graph.Input)},\n    [");
        foreach (StagePlan stage in plan.Stages) Stage(writer, stage);
        writer.Write("    ],\n    [");
        foreach (NoiseSiteNode site in graph.NoiseSites)
        {
            string stage = SourceWriter.Literal(site.Stage);
            writer.Write($"        new(\"{site.Name}\", {stage}, {Library}.Sites.{site.Site}, {Shape(site.Shape)}, \"{site.KindName}\"),");
        }

        writer.Write($$"""
                ]);

            /// <inheritdoc/>
            public static {{Library}}.NetworkDescription Describe() => s_description;
            """);
    }

    private static void Stage(SourceWriter writer, StagePlan stage)
    {
        StageNode node = stage.Node;
        string name = node.Name.TrimStart('@');
        string parameters = stage.Linear is { } linear
            ? $"[new(\"{name}.weight\", [{WeightDimensions(node, linear)}], {linear.Weights}), "
                + $"new(\"{name}.bias\", [{node.LinearOutput.Channels}], {linear.Biases})]"
            : "[]";
        writer.Write($$"""
                    new(
                        "{{name}}", {{Shape(node.Input)}}, {{Shape(node.LinearOutput)}}, {{Shape(node.Output)}},
                        {{Linear(node.Linear)}},
                        {{Library}}.Activation.{{(node.Relu ? "Relu" : "None")}},
                        {{Pool(node.Pool)}},
                        {{(node.WeightQuantizer is { } w ? $"new {Library}.WeightQuantizerDescription({w.Bits}, {Bool(w.PerChannel)})" : "null")}},
                        {{(node.ActivationQuantizer is { } a ? $"new {Library}.ActivationQuantizerDescription({a.Bits}, {SourceWriter.Literal(a.Scale)})" : "null")}},
                        {{parameters}}),
            """);
    }

    private static string WeightDimensions(StageNode node, LinearPlan linear) => node.Linear is LinearNode.Conv2d convolution
        ? $"{convolution.Channels}, {node.Input.Channels}, {convolution.Kernel}, {convolution.Kernel}"
        : $"{node.LinearOutput.Channels}, {linear.Inputs}";

    private static string Linear(LinearNode? linear) => linear switch
    {
        LinearNode.Conv2d c => $"new {Library}.LinearDescription.Conv2d({c.Channels}, {c.Kernel}, {c.Stride}, {c.Padding})",
        LinearNode.Dense d => $"new {Library}.LinearDescription.Dense({d.Features})",
        _ => "null",
    };

    private static string Pool(PoolNode? pool) => pool is null
        ? "null"
        : $"new {Library}.PoolDescription({Library}.PoolKind.{(pool.Max ? "Max" : "Average")}, "
            + $"{pool.Size}, {pool.Stride}, {pool.Padding}, {Bool(pool.CountPadding)})";

    private static string Shape(ImageShape shape) => $"new({shape.Channels}, {shape.Height}, {shape.Width})";

    private static string Bool(bool value) => value ? "true" : "false";
}
