using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using NoiseGen.CodeFixes;
using NoiseGen.Generator.Tests.Diagnostics;

namespace NoiseGen.Generator.Tests.CodeFixes;

/// <summary>Every fix produces exactly the expected text, and the result is a network without mistakes.</summary>
public sealed class CodeFixTests
{
    private const string Logits = "{ [Dense(2)] public partial Stage Logits { get; } }";

    [Theory]
    [InlineData($"[Network(4)] class Net {Logits}", $"[Network(4)] partial class Net {Logits}")]
    [InlineData($"[Network(4)]\npublic sealed class Net\n{Logits}", $"[Network(4)]\npublic sealed partial class Net\n{Logits}")]
    [InlineData($"[Network(4)]\n// The net.\nclass Net {Logits}", $"[Network(4)]\n// The net.\npartial class Net {Logits}")]
    [InlineData($"static class Outer {{ [Network(4)] partial class Net {Logits} }}",
        $"static partial class Outer {{ [Network(4)] partial class Net {Logits} }}")]
    [InlineData($"// Outer.\nrecord struct Outer {{ interface I {{ [Network(4)] class Net {Logits} }} }}",
        $"// Outer.\npartial record struct Outer {{ partial interface I {{ [Network(4)] partial class Net {Logits} }} }}")]
    [InlineData("[Block] class Unit { [Relu] public partial Stage One { get; } }",
        "[Block] partial class Unit { [Relu] public partial Stage One { get; } }")]
    public async Task ClassBecomesPartial(string before, string after) =>
        AssertMended([after], await new FixedProject(new MakePartialFix(), before).FixOne());

    [Fact]
    public async Task AllPartsOfAClassBecomePartial() => AssertMended(
        [$"[Network(4)] public partial class Net {Logits}", "public partial class Net { }"],
        await new FixedProject(new MakePartialFix(), $"[Network(4)] public class Net {Logits}", "public class Net { }").FixOne());

    [Fact]
    public async Task AllClassesBecomePartial() => AssertMended(
        [$"partial class Outer {{ [Network(4)] partial class First {Logits} [Network(4)] partial class Second {Logits} }}",
            $"[Network(4)] partial class Third {Logits}"],
        await new FixedProject(
            new MakePartialFix(), $"class Outer {{ [Network(4)] class First {Logits} [Network(4)] class Second {Logits} }}",
            $"[Network(4)] class Third {Logits}").FixAll());

    [Theory]
    [InlineData("[Relu, Conv2d(6, 5)]", "[Conv2d(6, 5), Relu]")]
    [InlineData("[Relu]\n    [Conv2d(6, 5)] // five by five\n   ", "[Conv2d(6, 5)]\n    [Relu] // five by five\n   ")]
    [InlineData("[MaxPool(2), NoNoise, Relu] [Quantize, BatchNorm, Conv2d(6, 5)]",
        "[Conv2d(6, 5), NoNoise, BatchNorm] [Quantize, Relu, MaxPool(2)]")]
    [InlineData("[Dropout, Obsolete, Conv2d(kernel: 5, channels: 6, Stride = 2)]",
        "[Conv2d(kernel: 5, channels: 6, Stride = 2), Obsolete, Dropout]")]
    public async Task OperationsStandInExecutionOrder(string before, string after) => AssertMended(
        [InNetwork($"{after} public partial Stage First {{ get; }}")],
        await new FixedProject(new AttributeOrderFix(), InNetwork($"{before} public partial Stage First {{ get; }}")).FixOne());

    [Fact]
    public async Task AllOperationsStandInExecutionOrder() => AssertMended(
        [InNetwork(
            "[Conv2d(6, 5), Relu] public partial Stage First { get; } "
                + "[Conv2d(6, 5), Relu, MaxPool(2)] public partial Stage Second { get; }")],
        await new FixedProject(
            new AttributeOrderFix(),
            InNetwork(
                "[Relu, Conv2d(6, 5)] public partial Stage First { get; } "
                    + "[MaxPool(2), Relu, Conv2d(6, 5)] public partial Stage Second { get; }")).FixAll());

    [Theory]
    [InlineData("From(\"Steam\")", "From(nameof(Stem))")]
    [InlineData("From(nameof(Steam))", "From(nameof(Stem))")]
    [InlineData("From(stage: \"Widee\")", "From(stage: nameof(Wide))")]
    [InlineData("From(nameof(Net.Logits)), Conv2d(2, 1)", "From(nameof(Wide)), Conv2d(2, 1)")]
    [InlineData("Conv2d(6, 1), Add(nameof(wide))", "Conv2d(6, 1), Add(nameof(Wide))")]
    [InlineData("Concat(nameof(@els))", "Concat(nameof(@else))")]
    public async Task StageNameIsTheNearest(string before, string after)
    {
        const string Stages =
            "[Conv2d(6, 1)] public partial Stage Stem { get; } [Relu] public partial Stage @else { get; } "
                + "[Relu] public partial Stage Wide { get; } ";

        AssertMended(
            [InNetwork($"{Stages}[{after}, Relu] public partial Stage Last {{ get; }}")],
            await new FixedProject(new StageNameFix(), InNetwork($"{Stages}[{before}, Relu] public partial Stage Last {{ get; }}"))
                .FixOne());
    }

    [Theory]
    [InlineData("[From(\"Steam\"), Relu] public partial Stage First { get; }")] // no earlier stage
    [InlineData("[Relu] public partial Stage First { get; } [Relu] public partial Stage Second { get; } string Other => nameof(Firts);")]
    [InlineData("[Relu] public partial Stage First { get; } [Obsolete(Firts), Relu] public partial Stage Second { get; }")]
    public async Task NoOtherNameIsTouched(string stages) =>
        Assert.Empty(await new FixedProject(new StageNameFix(), InNetwork(stages)).Offers());

    [Theory]
    [InlineData("[Relu] public Stage First;", "[Relu] public partial Stage First { get; }")]
    [InlineData("[Relu]\n    // First.\n    public readonly Stage First = null!; // rectified",
        "[Relu]\n    // First.\n    public partial Stage First { get; } // rectified")]
    [InlineData("[Conv2d(6, 1), Relu]\n    Stage First;", "[Conv2d(6, 1), Relu]\n    partial Stage First { get; }")]
    [InlineData("[Relu] public Stage First { get; set; }", "[Relu] public partial Stage First { get; }")]
    [InlineData("[Relu]\n    static Stage First => null!;", "[Relu]\n    partial Stage First { get; }")]
    [InlineData("[Relu] public partial NoiseGen.Stage @else { get; init; }", "[Relu] public partial NoiseGen.Stage @else { get; }")]
    public async Task MemberBecomesAPartialProperty(string before, string after) =>
        AssertMended([InNetwork(after)], await new FixedProject(new StagePropertyFix(), InNetwork(before)).FixOne());

    [Fact]
    public async Task AllMembersBecomePartialProperties() => AssertMended(
        [InNetwork("[Conv2d(6, 1), Relu] public partial Stage First { get; } [Relu] public partial Stage Second { get; }")],
        await new FixedProject(
            new StagePropertyFix(),
            InNetwork("[Conv2d(6, 1), Relu] public Stage First; [Relu] public Stage Second { get; set; }")).FixAll());

    [Theory]
    [InlineData("[Relu] public int First;")]
    [InlineData("[Relu] public Stage First, Second;")]
    [InlineData("[Relu] public Stage First() => null!;")]
    [InlineData("[Relu] public partial Stage this[int i] { get; }")]
    public async Task NoOtherMemberIsTouched(string member) =>
        Assert.Empty(await new FixedProject(new StagePropertyFix(), InNetwork(member)).Offers());

    [Fact]
    public void EveryFixIsFoundByEditors() => Assert.All(
        typeof(MakePartialFix).Assembly.GetExportedTypes().Where(type => !type.IsAbstract),
        type => Assert.Equal(type.Name, type.GetCustomAttribute<ExportCodeFixProviderAttribute>()!.Name));

    // As for the generator: a user's editor silently does not load a newer reference.
    [Fact]
    public void ReferencesTheOldestCompilerThatItServes() => Assert.All(
        typeof(MakePartialFix).Assembly.GetReferencedAssemblies()
            .Where(name => name.Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)),
        name => Assert.Equal(new Version(5, 0, 0, 0), name.Version));

    private static string InNetwork(string stages) => $$"""
        [Network(3, 32, 32)]
        partial class Net
        {
            {{stages}}
            [Dense(10)] public partial Stage Logits { get; }
        }
        """;

    private static void AssertMended(string[] expected, string[] files)
    {
        Assert.Equal(string.Join("\n\n", expected), string.Join("\n\n", files));
        Assert.DoesNotContain(AnalyzerRun.On(files), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        GeneratorDriverRun run = GeneratorDriverRun.Of(files);
        Assert.DoesNotContain(run.Output.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }
}
