using NoiseGen.Generator.Graph;

namespace NoiseGen.Generator.Tests;

/// <summary>Does it parse? The nearest policy wins.</summary>
public sealed class PolicyTests
{
    private const string Kinds = """
        using System.Runtime.Intrinsics;
        namespace Kinds;
        public struct Mine : INoise
        {
            public static Vector512<float> Apply(Vector512<float> values, Vector512<float> sigma, Vector512<float> samples) => values;
        }
        """;

    private const string Apply =
        "public static Vector512<float> Apply(Vector512<float> values, Vector512<float> sigma, Vector512<float> samples) => values;";

    // Twelve, as in the network of the authors of arXiv 2501.14531.
    [Fact]
    public void AllSitesOfLeNet5() => Assert.Equal(
        [
            "Input 3×32×32",
            "Conv1.Linear 6×28×28", "Conv1.Activation 6×28×28", "Conv1.Pool 6×14×14",
            "Conv2.Linear 16×10×10", "Conv2.Activation 16×10×10", "Conv2.Pool 16×5×5",
            "Hidden1.Linear 120", "Hidden1.Activation 120",
            "Hidden2.Linear 84", "Hidden2.Activation 84",
            "Logits.Linear 10",
        ],
        GeneratorDriverRun.Of(Networks.LeNet5).Graph.NoiseSites.Select(site => $"{site.Name} {site.Shape}"));

    [Fact]
    public void StagesKnowTheirSites()
    {
        NetworkGraph graph = GeneratorDriverRun.Of(Networks.LeNet5).Graph;

        Assert.Equal(0, graph.InputNoise);
        Assert.Equal([1, 4, 7, 9, 11], graph.Stages.Select(stage => stage.LinearNoise));
        Assert.Equal([2, 5, 8, 10, -1], graph.Stages.Select(stage => stage.ActivationNoise));
        Assert.Equal([3, 6, -1, -1, -1], graph.Stages.Select(stage => stage.PoolNoise));
    }

    [Fact]
    public void NoNoiseWithoutThePolicy()
    {
        NetworkGraph graph = GeneratorDriverRun.Of(Networks.Mlp).Graph;

        Assert.Empty(graph.NoiseSites);
        Assert.Equal(-1, graph.InputNoise);
        Assert.All(graph.Stages, stage => Assert.Equal((-1, -1, -1), (stage.LinearNoise, stage.ActivationNoise, stage.PoolNoise)));
    }

    [Theory]
    [InlineData("Noise<Additive>(Sites.Input)", "", "Input=Additive")]
    [InlineData("Noise<Additive>(Sites.Linear)", "", "Conv.Linear=Additive, Logits.Linear=Additive")]
    [InlineData("Noise<Additive>(Sites.Linear)", "NoNoise", "Logits.Linear=Additive")]
    [InlineData(
        "Noise<Additive>", "NoNoise(Sites.Activation | Sites.Pool)", "Input=Additive, Conv.Linear=Additive, Logits.Linear=Additive")]
    [InlineData(
        "Noise<Additive>(Sites.Linear)", "Noise<Mine>", "Conv.Linear=Mine, Conv.Activation=Mine, Conv.Pool=Mine, Logits.Linear=Additive")]
    [InlineData("Noise<Additive>(Sites.Linear)", "Noise<Mine>(Sites.Pool)", "Conv.Linear=Additive, Conv.Pool=Mine, Logits.Linear=Additive")]
    [InlineData(
        "Noise<Additive>(Sites.Linear)", "Noise<Mine>(Sites.Pool), NoNoise(Sites.Linear)", "Conv.Pool=Mine, Logits.Linear=Additive")]
    [InlineData("Noise<Mine>(Sites.Input), Noise<Additive>(Sites.Pool)", "", "Input=Mine, Conv.Pool=Additive")]
    [InlineData("Quantize", "Noise<Mine>(Sites.Pool), Noise<Additive>(Sites.Linear)", "Conv.Linear=Additive, Conv.Pool=Mine")]
    public void NearestNoiseWinsSiteBySite(string network, string stage, string expected) => Assert.Equal(
        expected,
        string.Join(", ", Of(network, stage).NoiseSites.Select(site => $"{site.Name}={site.Kind.Struct.Name}")));

    [Fact]
    public void KindsAreFullyQualified() => Assert.Equal(
        ["global::NoiseGen.Additive", "global::Kinds.Mine"],
        Of("Noise<Additive>(Sites.Input)", "Noise<Mine>(Sites.Pool)").NoiseSites.Select(site => site.Kind.Struct.Code));

    [Theory]
    [InlineData("Global", "global::Global", "Global")]
    [InlineData("Outer.Nested", "global::Outer.Nested", "Nested")]
    [InlineData("Outer.Scaled<Outer.Nested>", "global::Outer.Scaled<global::Outer.Nested>", "Scaled")]
    public void KindsAreNamedWithoutContainersAndArguments(string kind, string code, string name)
    {
        GeneratorDriverRun run = GeneratorDriverRun.Of(
            $$"""[Network(4), Noise<{{kind}}>] partial class Net { [Dense(2), Relu] public partial Stage Logits { get; } }""",
            $$"""
            using System.Runtime.Intrinsics;
            public struct Global : INoise { {{Apply}} }
            public static class Outer
            {
                public struct Nested : INoise { {{Apply}} }
                public struct Scaled<T> : INoise { {{Apply}} }
            }
            """).AssertCompiles();

        Assert.All(run.Graph.NoiseSites, site => Assert.Equal((code, name), (site.Kind.Struct.Code, site.Kind.Struct.Name)));
        string[] texts = [.. run.Result.GeneratedSources.Select(source => source.SourceText.ToString())];
        Assert.Contains(texts, text => text.Contains($"\"{name}\", IsCustom: true),", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains($"{name} (Linear, Activation)", StringComparison.Ordinal));
        Assert.Contains(texts, text =>
            text.Contains($"// {name.ToLowerInvariant()} noise → ReLU → {name.ToLowerInvariant()} noise:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Noise<Additive>", "", "w–/a– w–/–")]
    [InlineData("Quantize", "", "w8c/a8×1 w8/–")]
    [InlineData("Quantize(Bits = 4, Scale = 0.25f)", "", "w4c/a4×0.25 w4/–")]
    [InlineData("Quantize(Bits = 4, WeightBits = 6)", "", "w6c/a4×1 w6/–")]
    [InlineData("Quantize(WeightBits = 2, ActivationBits = 1)", "", "w2c/a1×1 w2/–")]
    [InlineData("Quantize(Weights = WeightScaling.PerTensor)", "", "w8/a8×1 w8/–")]
    [InlineData("Quantize(Weights = WeightScaling.PerChannel)", "", "w8c/a8×1 w8c/–")]
    [InlineData("Quantize(Bits = 16)", "NoQuantize", "w–/a– w16/–")]
    // as a whole: bits and scale are the stage's
    [InlineData("Quantize(Bits = 16, Scale = 2)", "Quantize(ActivationBits = 3)", "w8c/a3×1 w16/–")]
    [InlineData("Noise<Additive>", "Quantize(Bits = 5)", "w5c/a5×1 w–/–")]
    public void NearestQuantizerWinsAsAWhole(string network, string stage, string expected) => Assert.Equal(
        expected, string.Join(' ', Of(network, stage).Stages.Select(Quantizers)));

    [Fact]
    public void AStageWithoutWeightsMayHaveOneBit() => Assert.Equal(
        new ActivationQuantizerNode(1, 1f, Signed: false, Learned: false),
        GeneratorDriverRun.Of("""
            [Network(4)]
            partial class Net
            {
                [Relu, Quantize(Bits = 1)] public partial Stage Binary { get; }
                [Dense(2)] public partial Stage Logits { get; }
            }
            """).Graph.Stages[0].ActivationQuantizer);

    [Theory]
    [InlineData("Quantize(WeightBits = 2)", "w2c/a8×1")]
    [InlineData("NoQuantize", "w–/a–")]
    public void OneBitIsAllowedWhereNoWeightsInheritIt(string policy, string expected) => Assert.Equal(
        [expected, "w–/a1×1"],
        GeneratorDriverRun.Of($$"""
            [Network(3, 32, 32), Quantize(Bits = 1)]
            partial class Net
            {
                [Conv2d(2, 32), Relu, {{policy}}] public partial Stage Conv { get; }
                [Relu] public partial Stage Logits { get; }
            }
            """).Graph.Stages.Select(Quantizers));

    private static string Quantizers(StageNode stage)
    {
        string weights = stage.WeightQuantizer is { } w ? $"w{w.Bits}{(w.PerChannel ? "c" : "")}" : "w–";
        string activations = stage.ActivationQuantizer is { } a ? $"a{a.Bits}×{a.Scale}" : stage.Activation is not null ? "a–" : "–";
        return $"{weights}/{activations}";
    }

    private static NetworkGraph Of(string network, string stage) => GeneratorDriverRun.Of(
        $$"""
        using Kinds;
        [Network(3, 32, 32), {{network}}]
        partial class Net
        {
            [Conv2d(6, 5), Relu, MaxPool(2), {{stage}}] public partial Stage Conv { get; }
            [Dense(10)] public partial Stage Logits { get; }
        }
        """,
        Kinds).Graph;
}
