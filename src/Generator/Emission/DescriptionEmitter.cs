using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Model;
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
            writer.Write(
                $"        new(\"{site.Name}\", {stage}, {Library}.Sites.{site.Site}, {Shape(site.Shape)}, \"{site.Kind.Struct.Name}\"{Use(site.Kind)}),");
        }

        writer.Write($$"""
                ]){{(graph.AllowsWinograd ? "" : "\n    { AllowsWinograd = false }")}};

            /// <inheritdoc/>
            public static {{Library}}.NetworkDescription Describe() => s_description;
            """);
    }

    // What is not the usual.
    private static string Use(NoiseKind kind) =>
        (kind.Struct.Scales ? $", {Library}.NoiseForm.{kind.Struct.Form}" : "")
        + (kind.Unit == SigmaUnit.Absolute ? "" : $", Unit: {Library}.SigmaUnit.{kind.Unit}")
            + (kind.BeforeQuantizer ? ", BeforeQuantizer: true" : "")
        + (kind.Struct.IsCustom ? ", IsCustom: true" : "");

    private static void Stage(SourceWriter writer, StagePlan stage)
    {
        StageNode node = stage.Node;
        string weights = "null", biases = "null";
        if (stage.Linear is { } linear)
        {
            weights = $"new(\"{node.Path}.weight\", [{WeightDimensions(node)}], {linear.Weights})";
            if (node.Linear!.HasBiases) biases = $"new(\"{node.Path}.bias\", [{node.LinearOutput.Channels}], {linear.Biases})";
        }

        string[] operations =
        [
            Linear(node.Linear), Norm(stage), Merge(node.Merge), Activation(node.Activation), Pool(node.Pool),
            SourceWriter.Literal(node.DropoutRate),
            node.WeightQuantizer is { } w ? $"new {Library}.WeightQuantizerDescription({w.Bits}, {Bool(w.PerChannel)})" : "null",
            ActivationQuantizer(stage), weights, biases,
        ];
        writer.Write($$"""
                    new("{{node.Path}}", {{SourceWriter.Literal(node.Source)}}, {{Shape(node.Input)}}, {{Shape(node.LinearOutput)}}, {{Shape(node.MergeOutput)}}, {{Shape(node.Output)}},
                        {{string.Join(", ", operations)}}){{Device(node.Device)}},
            """);
    }

    private static string Device(DeviceNode? device) => device is null
        ? ""
        : $" {{ Device = new {Library}.DeviceDescription<{device.Code}>(\"{device.Name}\", {Bool(device.PerChannel)}, {Library}.DriftCompensation.{device.Compensation}) }}";

    private static string WeightDimensions(StageNode node) =>
        node.Linear is LinearNode.Conv2d { Window: var window, Groups: var groups, Channels: var channels }
        ? $"{channels}, {node.Input.Channels / groups}, {window.Height}, {window.Width}"
        : $"{node.LinearOutput.Channels}, {node.Input.Count}";

    private static string Linear(LinearNode? linear) => linear switch
    {
        LinearNode.Conv2d c => $"new {Library}.LinearDescription.Conv2d({c.Channels}, {Window(c.Window)}, {c.Groups}, {Bool(c.HasBiases)})",
        LinearNode.Dense d => $"new {Library}.LinearDescription.Dense({d.Features}, {Bool(d.HasBiases)})",
        _ => "null",
    };

    private static string Norm(StagePlan stage)
    {
        if (stage.Norm is not { } plan) return "null";
        BatchNormNode norm = stage.Node.Norm!;
        string Tensor(string name, int offset) => $"new(\"{stage.Node.Path}.norm.{name}\", [{stage.Node.LinearOutput.Channels}], {offset})";
        return $"new {Library}.BatchNormDescription({SourceWriter.Literal(norm.Epsilon)}, {SourceWriter.Literal(norm.Momentum)}, "
            + $"{Tensor("weight", plan.Weights)}, {Tensor("bias", plan.Biases)}, {Tensor("running_mean", plan.Mean)}, {Tensor("running_var", plan.Variance)})";
    }

    private static string Merge(MergeNode? merge) => merge is null
        ? "null"
        : $"new {Library}.MergeDescription({Library}.MergeKind.{(merge.IsSum ? "Sum" : "Concat")}, {SourceWriter.Literal(merge.Other)})";

    private static string Activation(ActivationNode? activation) => activation is null
        ? "null"
        : $"new {Library}.ActivationDescription({Library}.Activation.{activation.Kind}, {SourceWriter.Literal(activation.Slope)})";

    private static string ActivationQuantizer(StagePlan stage)
    {
        if (stage.Node.ActivationQuantizer is not { } quantizer) return "null";
        string Tensor(string name, int offset) => $"new(\"{stage.Node.Path}.quantizer.{name}\", [1], {offset})";
        string learned = stage.LearnedScale is { } scale
            ? $", new({Tensor("maximum", scale.Maximum)}, {Tensor("steps", scale.Steps)})"
            : "";
        return $"new {Library}.ActivationQuantizerDescription({quantizer.Bits}, {SourceWriter.Literal(quantizer.Scale)}, {Bool(quantizer.Signed)}{learned})";
    }

    private static string Pool(PoolNode? pool) => pool is null
        ? "null"
        : $"new {Library}.PoolDescription({Library}.PoolKind.{(pool.Max ? "Max" : "Average")}, {Window(pool.Window)}, {Bool(pool.CountPadding)})";

    private static string Window(WindowNode w) =>
        $"new({w.Height}, {w.Width}, {w.StrideHeight}, {w.StrideWidth}, {w.PaddingHeight}, {w.PaddingWidth})";

    private static string Shape(ImageShape shape) => $"new({shape.Channels}, {shape.Height}, {shape.Width})";

    private static string Bool(bool value) => value ? "true" : "false";
}
