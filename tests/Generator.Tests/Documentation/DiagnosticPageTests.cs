using System.Text.RegularExpressions;
using NoiseGen.Generator.Diagnostics;
using NoiseGen.Generator.Tests.Diagnostics;

namespace NoiseGen.Generator.Tests.Documentation;

/// <summary>Every diagnostic's page shows code with the mistake, and code without it.</summary>
public sealed class DiagnosticPageTests
{
    // What pages leave out: the rest of a class, the methods of a kind of noise or of a device, and types that they assume.
    private const string Stages = "{ [Dense(10)] public partial Stage Logits { get; } }";

    private const string Noise = """
        {
            public static System.Runtime.Intrinsics.Vector512<float> Apply(
                System.Runtime.Intrinsics.Vector512<float> values, System.Runtime.Intrinsics.Vector512<float> sigma,
                System.Runtime.Intrinsics.Vector512<float> samples) => values;
        }
        """;

    private const string Cell = """
        {
            public static System.Runtime.Intrinsics.Vector512<float> Programmed(
                System.Runtime.Intrinsics.Vector512<float> targets, System.Runtime.Intrinsics.Vector512<float> samples) => targets;
            public static System.Runtime.Intrinsics.Vector512<float> Aged(
                System.Runtime.Intrinsics.Vector512<float> programmed, System.Runtime.Intrinsics.Vector512<float> targets,
                in CellAge age,
                System.Runtime.Intrinsics.Vector512<float> programmingSamples, System.Runtime.Intrinsics.Vector512<float> samples) =>
                programmed;
            public static System.Runtime.Intrinsics.Vector512<float> ReadDeviation(
                System.Runtime.Intrinsics.Vector512<float> aged, System.Runtime.Intrinsics.Vector512<float> targets,
                in CellAge age) => aged;
        }
        """;

    private static readonly Dictionary<string, string> s_types = new()
    {
        ["Model"] = "public class Model;",
        ["IModel"] = "public interface IModel;",
        ["Mine"] = $"public struct Mine : INoise {Noise}",
        ["Helper"] = "public class Helper;",
        ["BasicBlock"] =
            "[Block] public partial class BasicBlock { [Conv2d(Block.Channels, 3, Padding = 1), Residual, "
                + "Relu] public partial Stage Conv { get; } }",
    };

    public static TheoryData<string> Ids => [.. Descriptors.All.Select(descriptor => descriptor.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void ShowsTheMistakeAndItsMending(string id)
    {
        CodeBlock[] blocks = new Page($"docs/diagnostics/{id}.md").Blocks;

        Assert.Equal([$"// {id}", "// right"], blocks.Select(block => block.Code.Split('\n')[0].Split(':')[0]));
        Assert.Equal([id], AnalyzerRun.On(Run(blocks[0]).Output).Select(diagnostic => diagnostic.Id).Distinct());
        Assert.Empty(AnalyzerRun.On(Run(blocks[1]).AssertCompiles().Output).Select(diagnostic => diagnostic.ToString()));
    }

    private static string Whole(Match type) =>
        type.Groups[1].Value + (type.Value.Contains("IMemoryDevice", StringComparison.Ordinal) ? Cell : Noise);

    private static GeneratorDriverRun Run(CodeBlock block)
    {
        string[] files = [.. block.Files().Select(
            file => Regex.Replace(file, @"(struct [^{\n]*)\{ … \}", Whole).Replace("{ … }", Stages, StringComparison.Ordinal))];
        IEnumerable<string> missing = s_types.Where(type => Regex.IsMatch(block.Code, $@"\b{type.Key}\b")
            && !Regex.IsMatch(block.Code, $@"(class|struct|interface) {type.Key}\b"))
            .Select(type => type.Value);
        return GeneratorDriverRun.Of(TestCompilation.OfProject([.. files, .. missing]));
    }
}
