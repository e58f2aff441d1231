using System.Globalization;
using Microsoft.CodeAnalysis;
using NoiseGen.Generator.Diagnostics;

namespace NoiseGen.Generator.Tests.Diagnostics;

/// <summary>Every mistake is reported once, with its id, its message and its place, and yields no code.</summary>
public sealed class DiagnosticTests
{
    private static readonly Case[] Cases =
        [.. ClassCases.All, .. StageCases.All, .. ShapeCases.All, .. NoiseCases.All, .. QuantizationCases.All, .. HardwareCases.All,
            .. StyleCases.All, .. WiringCases.All];

    private static readonly string[] s_withoutSecondPart =
        ["NG0003 local to its file", "NG0003 local to its file by what contains it", "NG0003 block: local to its file"];

    private static readonly string[] s_early =
        [.. s_withoutSecondPart, "NG0011 stage with its class's name", "NG0011 block's stage with its class's name"];

    public static TheoryData<string> Names => [.. Cases.Select(one => one.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void Reported(string name)
    {
        Case expected = Cases.Single(one => one.ToString() == name);
        GeneratorDriverRun run = GeneratorDriverRun.Of([.. expected.Files.Select(file => file.Replace("[|", "").Replace("|]", ""))]);

        Diagnostic found = Assert.Single(AnalyzerRun.On(run));

        Assert.Equal((expected.Id, expected.Message), (found.Id, found.GetMessage()));
        FileLinePositionSpan lines = found.Location.GetLineSpan();
        SyntaxTree file = run.Input.SyntaxTrees.Single(tree => tree.FilePath == lines.Path);
        Assert.Equal(file.GetLineSpan(found.Location.SourceSpan), lines);
        Assert.Equal(
            Marked(expected.Files), (file.FilePath, found.Location.SourceSpan.Start, file.GetText().ToString(found.Location.SourceSpan)));
        Assert.Equal(found.Severity == DiagnosticSeverity.Error ? 0 : 1, run.Plans.Count());
        if (found.Severity != DiagnosticSeverity.Error) return;

        // A build asks the analyzer only if the compiler finds no errors in declarations: a property without its other part would hide the
        // analyzer's diagnostics. If there can be no other part, or the declaration is an error to the compiler as well, the generator
        // reports it, and a build always shows the generator's diagnostics.
        Diagnostic[] declarations =
            [.. run.Output.GetDeclarationDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        Assert.Equal(s_withoutSecondPart.Contains(name), declarations.Any(diagnostic => diagnostic.Id == "CS9248"));
        Assert.Equal(s_early.Contains(name), run.Diagnostics.Contains(found));
        ILookup<bool, string> errors =
            declarations.ToLookup(diagnostic => run.Input.ContainsSyntaxTree(diagnostic.Location.SourceTree!), diagnostic => diagnostic.Id);
        Assert.Empty(errors[false].Except(errors[true])); // generated code has no mistakes of its own
        if (run.Declarations.Any())
            Assert.DoesNotContain(run.Output.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void EveryDiagnosticHasACase() =>
        Assert.Equal(Descriptors.All.Select(descriptor => descriptor.Id), Cases.Select(one => one.Id).Distinct().Order());

    [Fact]
    public void SeveralMistakesAreReportedTogether()
    {
        Diagnostic[] found = AnalyzerRun.On("""
            [Network(3, 32, 32)]
            [Quantize(Bits = 17)]
            partial class Net
            {
                [Conv2d(0, 5), MaxPool(0)] public partial Stage Conv { get; }
                [Dense(10), Noise<Additive>(Sites.None)] public partial Stage Logits { get; }
            }
            """);

        Assert.Equal(["NG0027", "NG0015", "NG0015", "NG0022"], found.Select(diagnostic => diagnostic.Id));
    }

    // A comma as the decimal point, U+2212 as the minus sign, and an i whose capital has a dot.
    [Theory]
    [InlineData("de-DE")]
    [InlineData("fi-FI")]
    [InlineData("tr-TR")]
    public void MessagesAreTheSameInEveryCulture(string name)
    {
        const string Source = """
            [Network(3, 32, 32)]
            partial class Net
            {
                [Conv2d(-6, 5), BatchNorm(Momentum = 1.5f), Relu, Quantize(Scale = -0.5f)] public partial Stage Input1 { get; }
                [Dense(10)] public partial Stage Logits { get; }
            }
            """;
        (CultureInfo culture, CultureInfo ofTexts) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        string[] expected = [.. AnalyzerRun.On(Source).Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture))];
        try
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) =
                (CultureInfo.GetCultureInfo(name), CultureInfo.GetCultureInfo(name));
            Assert.Equal(expected, AnalyzerRun.On(Source).Select(diagnostic => diagnostic.GetMessage(CultureInfo.CurrentCulture)));
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, ofTexts);
        }

        Assert.Contains(expected, message => message.Contains("1.5", StringComparison.Ordinal));
        Assert.Contains(expected, message => message.Contains("-0.5", StringComparison.Ordinal));
    }

    [Fact]
    public void CanBeSilencedInTheSource()
    {
        Diagnostic[] found = AnalyzerRun.On("""
            [Network(4)]
            partial class Net
            {
            #pragma warning disable NG0033
                [Relu, Dense(2)] public partial Stage Logits { get; }
            #pragma warning restore NG0033
            }
            """);

        Assert.DoesNotContain(found, diagnostic => !diagnostic.IsSuppressed);
    }

    /// <summary>Another generator may complete it, and twice would be an error.</summary>
    [Theory]
    [InlineData("[Network(4)] abstract partial class Net")]
    [InlineData("partial class Net")]
    public void APropertyOfSomebodyElseIsLeftAlone(string declaration)
    {
        GeneratorDriverRun run = GeneratorDriverRun.Of(
            $$"""{{declaration}} { [Dense(2)] public partial Stage Logits { get; } public partial int Count { get; } }""");

        Diagnostic incomplete = Assert.Single(run.Output.GetDiagnostics(), diagnostic => diagnostic.Id == "CS9248");
        Assert.Equal("Count", AnalyzerRun.MarkedText(incomplete));
    }

    /// <summary>The user's program is right to use a network that cannot be generated: the mistake is the only error.</summary>
    [Fact]
    public void UsesOfAGenericNetworkAreNoFurtherErrors()
    {
        GeneratorDriverRun run = GeneratorDriverRun.Of("""
            [Network(4)] partial class Net<T> where T : struct { [Dense(2)] public partial Stage Logits { get; } }
            static class Program
            {
                static Stage Use()
                {
                    using var net = new Net<int>(seed: 1);
                    _ = net.Summary();
                    _ = new Trainer(net, new Adam(1e-3f));
                    return net.Logits;
                }
            }
            """);

        Assert.Equal("NG0003", Assert.Single(AnalyzerRun.On(run)).Id);
        run.AssertCompiles();
    }

    [Fact]
    public void GoodNetworksAreLeftAlone() => Assert.Empty(AnalyzerRun.On(Networks.LeNet5, Networks.Mlp));

    private static (string File, int Start, string Text) Marked(string[] files)
    {
        int file = Array.FindIndex(files, text => text.Contains("[|", StringComparison.Ordinal));
        int start = files[file].IndexOf("[|", StringComparison.Ordinal);
        int end = files[file].IndexOf("|]", StringComparison.Ordinal);
        return ($"File{file}.cs", start, files[file][(start + 2)..end]);
    }
}
