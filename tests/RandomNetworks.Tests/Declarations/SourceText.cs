using System.Globalization;

namespace NoiseGen.Tests.RandomNetworks.Declarations;

/// <summary>Writes a declaration as a user would.</summary>
internal static class SourceText
{
    public static string Of(NetworkModel network, string @namespace)
    {
        string input = network.Input is { Height: 1, Width: 1 }
            ? $"{network.Input.Channels}"
            : $"{network.Input.Channels}, {network.Input.Height}, {network.Input.Width}";
        return string.Join("\n\n", [
            "using NoiseGen;",
            $"namespace {@namespace};",
            Class([$"Network({input})", .. Attributes(network.Policy)], $"public sealed partial class {network.Name}", network.Members),
            .. network.Blocks.Select(
                block => Class(["Block", .. Attributes(block.Policy)], $"public partial class {block.Name}", block.Stages)),
        ]);
    }

    private static string Class(IEnumerable<string> attributes, string header, IEnumerable<MemberModel> members) =>
        string.Concat(attributes.Select(attribute => $"[{attribute}]\n"))
        + header + "\n{\n"
        + string.Concat(
            members.Select(member => $"    [{string.Join(", ", Attributes(member))}] public partial Stage {member.Name} {{ get; }}\n"))
        + "}";

    private static IEnumerable<string> Attributes(MemberModel member) =>
        [.. member is StageModel stage ? Operations(stage) : [Repeat((RepeatModel)member)], .. Attributes(member.Policy)];

    private static string Repeat(RepeatModel repeat) =>
        $"Repeat<{repeat.Block}>({repeat.Count}, Channels = {repeat.Channels}"
            + (repeat.Stride == 1 ? ")" : $", Stride = {repeat.Stride})");

    private static IEnumerable<string> Operations(StageModel stage)
    {
        if (stage.From is { } from) yield return "From" + Reference(from);
        if (stage.Linear is { } linear) yield return Linear(linear);
        if (stage.Norm) yield return "BatchNorm";
        if (stage.Merge is { } merge) yield return Merge(merge);
        if (stage.Activation is { } activation) yield return Name(activation);
        if (stage.Pool is { } pool) yield return Pool(pool);
        if (stage.DropoutRate > 0) yield return $"Dropout({Literal(stage.DropoutRate)})";
    }

    private static string Linear(LinearModel linear)
    {
        string bias = linear.Bias ? "" : ", Bias = false";
        if (linear is not LinearModel.Conv2d conv) return $"Dense({((LinearModel.Dense)linear).Features}{bias})";

        string groups = conv.Groups == 1 ? "" : $", Groups = {Number(conv.Groups, "Channels")}";
        return $"Conv2d({Number(conv.Channels, "Channels")}, {Size(conv.Window)}{Steps(conv.Window, (1, 1))}{groups}{bias})";
    }

    private static string Merge(MergeModel merge) => merge switch
    {
        { Other: { } other } => merge.Type + Reference(other),
        { Type: MergeType.Add } => "Residual",
        _ => "Concat",
    };

    // The input has no name.
    private static string Reference(string member) => member == StageModel.Input ? "" : $"(nameof({member}))";

    private static string Name(ActivationModel activation) =>
        activation.Kind == Activation.LeakyRelu ? $"LeakyRelu({Literal(activation.Slope)})" : activation.Kind.ToString();

    private static string Pool(PoolModel pool) => pool switch
    {
        PoolModel.Max max => $"MaxPool({Size(max.Window)}{Steps(max.Window, (max.Window.Height, max.Window.Width))})",
        PoolModel.Average { Window: var window } average =>
            $"AvgPool({Size(window)}{Steps(window, (window.Height, window.Width))}"
                + $"{(average.CountPadding ? "" : ", CountPadding = false")})",
        _ => "GlobalAvgPool",
    };

    private static string Size(Window window) => window.Height == window.Width ? $"{window.Height}" : $"{window.Height}, {window.Width}";

    // Strides and paddings that differ from what an attribute has without them.
    private static string Steps(Window window, (int Height, int Width) stride) =>
        ((window.StrideHeight, window.StrideWidth) == stride ? "" : Pair("Stride", window.StrideHeight, window.StrideWidth))
        + ((window.PaddingHeight, window.PaddingWidth) == (0, 0) ? "" : Pair("Padding", window.PaddingHeight, window.PaddingWidth));

    private static string Pair(string name, int height, int width) => height == width
        ? $", {name} = {Number(height, name)}"
        : $", {name}Height = {height}, {name}Width = {width}";

    private static string Number(int value, string name) => value switch
    {
        LinearModel.FromBlock => $"Block.{name}",
        LinearModel.Widened => "Block.Channels * 2 + Block.Stride",
        LinearModel.Narrowed => "(Block.Channels + 1) / 2",
        _ => $"{value}",
    };

    private static IEnumerable<string> Attributes(Policy policy)
    {
        if (policy.Noise != Sites.None) yield return $"Noise<{policy.Kind}>({Text(policy.Noise)}{Options(policy)})";
        if (policy.NoNoise != Sites.None) yield return $"NoNoise({Text(policy.NoNoise)})";
        if (policy.NoQuantize) yield return "NoQuantize";
        if (policy.IsDigital) yield return "Digital";
        if (policy.Device is { } device)
        {
            yield return $"Device<{device.Kind}>(Mapping = WeightScaling.{device.Mapping}, "
                + $"Compensation = DriftCompensation.{device.Compensation})";
        }

        if (policy.Quantize is { } q)
        {
            yield return $"Quantize(WeightBits = {q.WeightBits}, ActivationBits = {q.ActivationBits}, "
                + $"{(q.Learned ? "Activations = ActivationScaling.Learned" : $"Scale = {Literal(q.Scale)}")}, "
                + $"Weights = WeightScaling.{q.Weights})";
        }
    }

    private static string Options(Policy policy) =>
        (policy.InRanges ? ", Unit = SigmaUnit.Range" : "") + (policy.BeforeQuantizer ? ", BeforeQuantizer = true" : "");

    private static string Text(Sites sites) => string.Join(" | ", sites.ToString().Split(", ").Select(site => $"Sites.{site}"));

    private static string Literal(float value) => value.ToString("G9", CultureInfo.InvariantCulture) + "f";
}
