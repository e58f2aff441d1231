using NoiseGen.Generator.Model;
using NoiseGen.Generator.Graph;

namespace NoiseGen.Generator.Tests;

/// <summary>Does it parse? Classes and stages with all kinds of names.</summary>
public sealed class NameTests
{
    private const string Body = "{ [Dense(2)] public partial Stage Logits { get; } }";

    [Fact]
    public void GlobalNamespace() => Assert.Equal(
        new ClassName("", default, "Net", "Net", "NoiseGen.Generated.Net"), Only($"[Network(4)] partial class Net {Body}"));

    [Fact]
    public void NestedNamespaces() => Assert.Equal(
        new ClassName("A.B.C", default, "Net", "A.B.C.Net", "NoiseGen.Generated.A.B.C.Net"),
        Only($$"""namespace A.B { namespace C { [Network(4)] partial class Net {{Body}} } }"""));

    [Fact]
    public void NestedTypes() => Assert.Equal(
        new ClassName(
            "A", new(["partial class Outer", "partial record Middle", "partial record struct Pair", "partial struct Value",
                "partial interface IInner"]),
            "Net", "A.Outer+Middle+Pair+Value+IInner+Net", "NoiseGen.Generated.A.Outer__Middle__Pair__Value__IInner__Net"),
        Only($$"""
            namespace A;
            static partial class Outer { public partial record Middle { internal partial record struct Pair {
            partial struct Value { partial interface IInner {
                [Network(4)] partial class Net {{Body}}
            } } } } }
            """));

    /// <summary>The compiler reports two types of the same name; the generator must not stop at the second one.</summary>
    [Theory]
    [InlineData("[Network(4)] partial class Net # [Block] partial struct Net #")]
    [InlineData("[Network(4)] partial record Net # [Network(4)] partial class Net #")]
    [InlineData("partial class Outer { [Network(4)] partial class Net # } partial struct Outer { [Network(4)] partial class Net # }")]
    public void TypesOfOneNameHaveFilesOfTheirOwn(string source)
    {
        GeneratorDriverRun run = GeneratorDriverRun.Of(source.Replace("#", Body, StringComparison.Ordinal));
        Assert.Contains(run.Output.GetDiagnostics(), diagnostic => diagnostic.Id is "CS0101" or "CS0261");
        Assert.NotEmpty(run.Result.GeneratedSources);
    }

    [Fact]
    public void Keywords()
    {
        NetworkGraph graph = GeneratorDriverRun.Of("""
            namespace @namespace.@while;
            partial class @struct
            {
                [Network(4), Noise<@int>(Sites.Linear)]
                partial class @class
                {
                    [Dense(2)] public partial Stage @else { get; }
                    [Relu] public partial Stage @record { get; }
                }
            }
            struct @int : INoise
            {
                public static System.Runtime.Intrinsics.Vector512<float> Apply(
                    System.Runtime.Intrinsics.Vector512<float> values,
                    System.Runtime.Intrinsics.Vector512<float> sigma,
                    System.Runtime.Intrinsics.Vector512<float> samples) => values;
            }
            """).Graph;

        Assert.Equal(new ClassName("@namespace.@while", new(["partial class @struct"]), "@class", "namespace.while.struct+class",
            "NoiseGen.Generated.@namespace.@while.struct__class"), graph.Class);
        Assert.Equal(["@else", "@record"], graph.Members.Select(member => member.Identifier));
        Assert.Equal(
            ["else.Linear=global::@namespace.@while.@int"], graph.NoiseSites.Select(site => $"{site.Name}={site.Kind.Struct.Code}"));
    }

    [Fact]
    public void Modifiers() => Assert.Equal(
        ["public virtual", "protected internal", "private", "private", ""],
        GeneratorDriverRun.Of("""
            [Network(4)]
            partial class Net
            {
                [Relu] public virtual partial Stage A { get; }
                [Relu] protected internal partial Stage B { get; }
                [Relu] private partial Stage C { get; }
                [Relu] private partial Stage D { get; }
                [Dense(2)] partial Stage E { get; }
            }
            """).Graph.Members.Select(member => member.Modifiers));

    [Theory]
    [InlineData("namespace A { [Network(4)] partial class Net # } namespace B { [Network(4)] partial class Net # }")]
    [InlineData("[Network(4)] partial class First # [Network(4)] partial class Second #")]
    [InlineData("[Network(4)] partial class Net # partial class Outer { [Network(4)] partial class Net # }")]
    [InlineData("namespace A.B { [Network(4)] partial class Net # } namespace A { partial class C { [Network(4)] partial class Net # } }")]
    [InlineData("[Network(4)] partial class Net # [Network(4)] partial class NET #")]
    [InlineData("namespace A { [Network(4)] partial class Net # } namespace a { [Network(4)] partial class Net # }")]
    [InlineData("partial class Outer { [Network(4)] partial class Net # } partial class OUTER { [Network(4)] partial class Net # }")]
    public void HintNamesDifferEvenWithoutCase(string source)
    {
        string[] names = [.. GeneratorDriverRun.Of(source.Replace("#", Body)).Graphs.Select(graph => graph.Class.HintName)];

        Assert.Equal(2, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    private static ClassName Only(string source) => GeneratorDriverRun.Of(source).Graph.Class;
}
