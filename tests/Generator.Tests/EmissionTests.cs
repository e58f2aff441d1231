using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NoiseGen.Generator.Emission;
using NoiseGen.Generator.Parsing;
using NoiseGen.Generator.Tests.Diagnostics;

namespace NoiseGen.Generator.Tests;

/// <summary>What does it emit?</summary>
public sealed class EmissionTests
{
    /// <summary>
    /// Generated code is meant to be read: a network's own code, the kernels that all networks share, and the library's tiles.
    /// </summary>
    [Theory]
    [InlineData("ResNet18.cs", "ResNet18", 3_150)]
    [InlineData("Vgg11.cs", "Vgg11", 1_310)]
    [InlineData("Vgg11BatchNorm.cs", "Vgg11BatchNorm", 1_750)]
    [InlineData("DenseNet.cs", "DenseNet", 3_150)]
    [InlineData("CnnS.cs", "CnnS", 480)]
    [InlineData("Mlp.cs", "MlpColor", 580)]
    [InlineData("LeNet5.cs", "LeNet5Color", 590)]
    public void LinesOfANetwork(string file, string network, int most)
    {
        string source = File.ReadAllText(Path.Combine(Snapshot.RepositoryRoot, "samples", "Harden", "Networks", file));
        GeneratorDriverRun run = GeneratorDriverRun.Of(source).AssertCompiles();

        int lines = run.Result.GeneratedSources.Where(
            generated => generated.HintName.StartsWith($"Harden.{network}.", StringComparison.Ordinal))
            .Sum(generated => generated.SourceText.Lines.Count - 1);

        Assert.InRange(lines, most / 2, most);
    }

    /// <summary>
    /// A user's kind of noise costs nothing extra: the code is the same, except for the name of the struct that the loops inline.
    /// </summary>
    [Theory]
    [InlineData("Additive", "INoise")]
    [InlineData("Multiplicative", "INoise, IScalingNoise")]
    public void AKindOfOnesOwnHasTheSameCode(string kind, string interfaces)
    {
        string Source(string name) => $$"""
            [Network(3, 8, 8)]
            [Noise<{{name}}>, Quantize]
            partial class Net
            {
                [Conv2d(6, 3), BatchNorm, Relu, MaxPool(2)] public partial Stage Conv { get; }
                [Dense(10)] public partial Stage Logits { get; }
            }

            readonly struct Mine : {{interfaces}}
            {
                public static System.Runtime.Intrinsics.Vector512<float> Apply(
                    System.Runtime.Intrinsics.Vector512<float> values, System.Runtime.Intrinsics.Vector512<float> sigma,
                    System.Runtime.Intrinsics.Vector512<float> samples) => values;
                public static System.Runtime.Intrinsics.Vector512<float> Factor(
                    System.Runtime.Intrinsics.Vector512<float> sigma, System.Runtime.Intrinsics.Vector512<float> samples) => sigma;
            }
            """;
        string Code(string name) => string.Join('\n', GeneratorDriverRun.Of(Source(name)).AssertCompiles().Result.GeneratedSources
            .Select(file => file.SourceText.ToString()));

        // Line breaks depend on the length of the name. Warnings about a user's type are disabled; a number distinguishes two types of the
        // same name.
        static string Unfolded(string code) => string.Concat(
            string.Join('\n', code.Split('\n').Where(line => !line.StartsWith("#pragma", StringComparison.Ordinal)))
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        string mine = Regex.Replace(Unfolded(Code("Mine")), "Mine_[0-9a-f]{8}", "Mine")
            .Replace("global::Mine", $"global::NoiseGen.{kind}", StringComparison.Ordinal);
        Assert.Equal(
            Unfolded(Code(kind)),
            mine.Replace(",IsCustom:true", "", StringComparison.Ordinal) // as the description says
                .Replace("minenoise", $"{kind.ToLowerInvariant()}noise", StringComparison.Ordinal)
                .Replace("Mine", kind, StringComparison.Ordinal));
    }

    private const string Body = "{ [Dense(2)] public partial Stage Logits { get; } }";

    [Fact]
    public void LeNet5() => Snapshot.Verify(GeneratorDriverRun.Of(Networks.LeNet5).AssertCompiles());

    /// <summary>4×4 Winograd tiles, 2×2 ones where a pool has room for two rows, and middle products.</summary>
    [Fact]
    public void Squares() => Snapshot.Verify(GeneratorDriverRun.Of("""
        using NoiseGen;

        namespace Papers;

        [Network(32, 8, 8)]
        public sealed partial class Squares
        {
            [Conv2d(32, 3, Padding = 1), Relu] public partial Stage Conv1 { get; }
            [Conv2d(32, 3, Padding = 1), Relu, MaxPool(2)] public partial Stage Conv2 { get; }
            [Conv2d(32, 3, Padding = 1), BatchNorm, Relu, AvgPool(2)] public partial Stage Conv3 { get; }
            [Conv2d(32, 3, Padding = 1), Relu] public partial Stage Conv4 { get; }
            [Dense(10)] public partial Stage Logits { get; }
        }
        """).AssertCompiles());

    /// <summary>A deep network's own files: blocks, sums, norms whose statistics end segments, and an output that is recomputed.</summary>
    [Fact]
    public void ResNet18()
    {
        string source = File.ReadAllText(Path.Combine(Snapshot.RepositoryRoot, "samples", "Harden", "Networks", "ResNet18.cs"));
        IEnumerable<GeneratedSourceResult> own = GeneratorDriverRun.Of(source).AssertCompiles().Result.GeneratedSources
            .Where(file => file.HintName.StartsWith("Harden.ResNet18.", StringComparison.Ordinal));
        Snapshot.Verify([.. own.Select(file => new SourceFile(file.HintName, file.SourceText.ToString()))]);
    }

    /// <summary>One tile of each family; the library has them all.</summary>
    [Fact]
    public void RegisterTiles()
    {
        string[] shown = ["Tile8x1", "AddGroupTile2x3", "LaneGradient8x3", "LaneGradient4x3Of3", "AddOuterProduct12x2"];
        Dictionary<string, MemberDeclarationSyntax> tiles = TileLibraryEmitter.Emit()
            .SelectMany(file => CSharpSyntaxTree.ParseText(file.Text).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
            .ToDictionary(method => method.Identifier.Text, method => (MemberDeclarationSyntax)method);

        Snapshot.Verify([.. shown.Select(name => new SourceFile($"{name}.g.cs", tiles[name].ToFullString().TrimStart('\n')))]);
    }

    [Fact]
    public void Mlp() => Snapshot.Verify(GeneratorDriverRun.Of(Networks.Mlp).AssertCompiles());

    // A comma as the decimal point, U+2212 as the minus sign, and an i whose capital has a dot.
    [Theory]
    [InlineData("de-DE", ",", "-")]
    [InlineData("fi-FI", ",", "−")]
    [InlineData("tr-TR", ",", "-")]
    public void TheCultureMakesNoDifference(string name, string point, string minus)
    {
        const string Source = """
            [Network(3, 32, 32)]
            [Noise<Additive>, Quantize(Bits = 4, Scale = 0.3f)]
            partial class Net
            {
                [Conv2d(6, 5, Padding = 2), Relu, AvgPool(3, Stride = 2, Padding = 1)] public partial Stage Input1 { get; }
                [Dense(10)] public partial Stage Logits { get; }
            }
            """;
        (string, string)[] expected = Files(Source);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
            Assert.Equal((point, minus), (NumberFormatInfo.CurrentInfo.NumberDecimalSeparator, NumberFormatInfo.CurrentInfo.NegativeSign));
            Assert.NotEmpty(expected);
            Assert.Equal(expected, Files(Source));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("[Network(4)] partial class Net #")]
    [InlineData("namespace A.B; [Network(4)] public sealed partial class Net #")]
    [InlineData(
        "namespace A; static partial class Outer { internal partial record Middle { partial struct Value { [Network(4)] partial "
            + "class Net # } } }")]
    [InlineData("partial class Outer { [Network(4)] private partial class Net # }")]
    [InlineData("namespace A { [Network(4)] partial class Net # } namespace B { [Network(4)] partial class Net # }")]
    [InlineData("[Network(4)] partial class First # [Network(4)] partial class Second #")]
    [InlineData("[Network(4)] partial class Net # [Network(4)] partial class NET #")]
    [InlineData(
        "[Network(4)] partial class Net { [Network(4)] public partial class Code # [Dense(2)] public partial Stage Logits { get; } }")]
    [InlineData(
        "[Network(4)] partial class Net { [Network(4)] public partial class Tiles # [Dense(2)] public partial Stage Logits { get; } }")]
    [InlineData(
        "[Network(4)] partial class Net { [Network(4)] public partial class Math # [Dense(2)] public partial Stage Logits { get; } }")]
    [InlineData(
        "[Network(4)] partial class Code { [Network(4)] public partial class Code1 # [Dense(2)] public partial Stage Logits { get; } }")]
    [InlineData("namespace @namespace; [Network(4)] partial class @class #")]
    [InlineData("namespace App.System.NoiseGen; [Network(4)] partial class Net #")]
    [InlineData("namespace Größe; partial class 外 { [Network(4)] partial class Übung # }")]
    [InlineData("partial class Outer { [Network(4)] partial class Net # } [Network(4)] partial class Outer__Net #")]
    [InlineData("partial class Outer_ { [Network(4)] partial class Net # } partial class Outer { [Network(4)] partial class _Net # }")]
    [InlineData(
        "namespace A { partial class Outer { [Network(4)] partial class Net # } } "
            + "namespace B { partial class Outer { [Network(4)] partial class Net # } }")]
    [InlineData(
        "namespace A { namespace @if { [Network(4)] partial class @record # } } "
            + "namespace B { partial interface @event { [Network(4)] partial class @dynamic # } }")]
    [InlineData("[Network(4)] partial class Net : NeuralNetwork, ICloneable # partial class Net { public object Clone() => this; }")]
    public void CompilesUnderEveryName(string source) =>
        Assert.NotEmpty(
            GeneratorDriverRun.Of(source.Replace("#", Body, StringComparison.Ordinal)).AssertCompiles().Result.GeneratedSources);

    [Theory]
    [InlineData("[Block] public partial class Unit # $Unit")]
    [InlineData("namespace A { [Block] public partial class Unit # } namespace B { [Block] public partial class Unit # } $A.Unit")]
    [InlineData("namespace A { [Block] public partial class Unit # } namespace a { [Block] public partial class Unit # } $a.Unit")]
    [InlineData("namespace @namespace { partial class @class { [Block] internal partial class @else # } } $@namespace.@class.@else")]
    [InlineData("partial interface I { partial record struct R { [Block] public partial class Code # } } $I.R.Code")]
    [InlineData("[Block] public partial class Block1 # $Block1")]
    [InlineData("namespace NoiseGen.Blocks { [Block] public partial class Stage1 # } $NoiseGen.Blocks.Stage1")]
    public void CompilesWithBlocksUnderEveryName(string source)
    {
        string[] parts = source.Split('$');
        Assert.NotEmpty(GeneratorDriverRun.Of(
            parts[0].Replace("#", "{ [Conv2d(Block.Channels, 1), Relu] public partial Stage @if { get; } }", StringComparison.Ordinal),
            $$"""
            [Network(1, 4, 4)]
            partial class Net
            {
                [Repeat<{{parts[1]}}>(2, Channels = 3)] internal partial Blocks<{{parts[1]}}> @while { get; }
                [Repeat<{{parts[1]}}>(1, Channels = 2)] public partial Stage Layer { get; }
                [Dense(2)] public partial Stage Logits { get; }
            }
            """).AssertCompiles().Graph.Stages);
    }

    [Theory]
    [InlineData("public virtual partial Stage Hidden { get; }")]
    [InlineData("protected internal partial Stage Hidden { get; }")]
    [InlineData("private partial Stage Hidden { get; }")]
    [InlineData("partial Stage Hidden { get; }")]
    [InlineData("public partial Stage @else { get; }")]
    [InlineData("public partial Stage Input { get; }")]
    [InlineData("public partial Stage System { get; }")]
    [InlineData("public partial Stage Stage { get; }")]
    public void CompilesWithEveryStage(string property) => Assert.NotEmpty(GeneratorDriverRun.Of($$"""
        [Network(4), Noise<Additive>, Quantize]
        partial class Net
        {
            [Dense(3), Relu] {{property}}
            [Dense(2)] public partial Stage Logits { get; }
        }
        """).AssertCompiles().Result.GeneratedSources);

    [Theory]
    [InlineData("Relu")]
    [InlineData("MaxPool(2)")]
    [InlineData("Conv2d(7, 1)")]
    [InlineData("Conv2d(8, 3, Stride = 2, Padding = 1), Relu, MaxPool(3, Stride = 2, Padding = 1)")]
    [InlineData("Conv2d(5, 32), Relu")]
    [InlineData(
        "Conv2d(6, 5), AvgPool(3, Stride = 1, Padding = 1, CountPadding = false), Quantize(Bits = 4, Weights = WeightScaling.PerTensor)")]
    [InlineData("Dense(17), Relu, Noise<Additive>(Sites.Linear), Noise<Additive>(Sites.Activation)")]
    [InlineData("Dense(17), Relu, NoNoise(Sites.Linear), Quantize(WeightBits = 2, ActivationBits = 1)")]
    [InlineData("Conv2d(7, 3), BatchNorm, Relu, MaxPool(2), Quantize, Noise<Additive>(Unit = SigmaUnit.Range)")]
    public void CompilesWithEveryOperation(string attributes) => Assert.NotEmpty(GeneratorDriverRun.Of($$"""
        [Network(3, 32, 32), Noise<Additive>]
        partial class Net
        {
            [{{attributes}}] public partial Stage First { get; }
            [Dense(10)] public partial Stage Logits { get; }
        }
        """).AssertCompiles().Result.GeneratedSources);

    // The input gradient has one phase per step of the stride, but no more than the map has pixels.
    [Fact]
    public void CompilesWithAStrideFarBeyondTheMap() => GeneratorDriverRun.Of("""
        [Network(3, 8, 8)]
        partial class Net
        {
            [Conv2d(6, 3), Relu] public partial Stage First { get; }
            [Conv2d(5, 3, Stride = 2147483647, Padding = 1)] public partial Stage Second { get; }
            [Dense(10)] public partial Stage Logits { get; }
        }
        """).AssertCompiles();

    // The kernels' namespace has its own usings, which come before whatever the user has named like a type that the kernels use.
    [Theory]
    [InlineData("namespace App.Math { class X; }")]
    [InlineData("class Math; class Unsafe; class Vector512; class LinearLayer; class Tiles; class Code;")]
    [InlineData("namespace App { class Math; class NetworkCode; class Span<T>; class MaxPool; class Stage1; }")]
    [InlineData("namespace NoiseGen.Generated { class Math; class Tiles; } namespace App.System { class Buffer; }")]
    public void CompilesBesideTypesOfTheSameNames(string types) => GeneratorDriverRun.Of(
        Networks.LeNet5.Replace("namespace Papers;", "namespace App;", StringComparison.Ordinal), Networks.Mlp, types).AssertCompiles();

    [Fact]
    public void CompilesWithStagesAndMembersOfTheSameNames() => GeneratorDriverRun.Of("""
        [Network(3, 32, 32), Noise<Additive>, Quantize]
        partial class Net
        {
            [Conv2d(6, 3, Padding = 1), Relu, MaxPool(2)] public partial Stage MaxPool { get; }
            [Conv2d(6, 3, Stride = 2), Relu] public partial Stage Unsafe { get; }
            [Relu, AvgPool(2)] public partial Stage Tiles { get; }
            [Dense(10), Relu] public partial Stage Code { get; }
            [Dense(10)] public partial Stage Vector512 { get; }
            int Math => 1;
            class NoiseLanes;
        }
        """).AssertCompiles();

    // The analyzer also runs on the generated part of the class, and must not mistake it for the user's.
    [Fact]
    public void GeneratedCodeHasNoMistakes()
    {
        GeneratorDriverRun run = GeneratorDriverRun.Of(Networks.LeNet5, Networks.Mlp);

        Assert.True(run.Output.SyntaxTrees.Count() > run.Input.SyntaxTrees.Count());
        Assert.Empty(AnalyzerRun.On(run));
    }

    private static (string HintName, string Text)[] Files(string source) =>
        [.. GeneratorDriverRun.Of(source).Result.GeneratedSources.Select(file => (file.HintName, file.SourceText.ToString()))];
}
