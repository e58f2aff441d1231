using System.Diagnostics;
using System.Reflection;
using System.Reflection.Emit;
using NoiseGen.Tests.Declared;
using NoiseGen.Tests.Oracle;

namespace NoiseGen.Tests.Agreement;

/// <summary>The generated description, compared with the declaration itself.</summary>
public class DescriptionTests
{
    public static TheoryData<string> Names => [.. DeclaredNetworks.Names];

    public static TheoryData<string> Plain => [.. DeclaredNetworks.Plain];

    [Theory]
    [MemberData(nameof(Plain))]
    public void SaysWhatWasDeclared(string name)
    {
        using NeuralNetwork network = DeclaredNetworks.Create(name, batchSize: 1, threads: 1);
        NetworkDescription actual = network.Description;

        NetworkDescription expected = DeclarationReader.Describe(network.GetType());

        Assert.Equal((expected.Name, expected.Input, expected.Output), (actual.Name, actual.Input, actual.Output));
        Assert.Equal(expected.NoiseSites.AsEnumerable(), actual.NoiseSites);
        Assert.Equal(expected.Stages.Select(WithoutParameters), actual.Stages.Select(WithoutParameters));
        Assert.Equal(expected.Parameters.Select(p => p.Name), actual.Parameters.Select(p => p.Name));
        Assert.Equal(expected.Parameters.Select(p => p.Dimensions.ToArray()), actual.Parameters.Select(p => p.Dimensions.ToArray()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ParametersLieApartAndAligned(string name)
    {
        using NeuralNetwork network = DeclaredNetworks.Create(name, batchSize: 1, threads: 1);
        int end = 0;
        foreach (ParameterDescription parameter in network.Description.Parameters)
        {
            Assert.Equal(0, parameter.Offset % 16);
            Assert.InRange(parameter.Offset, end, int.MaxValue);
            end = parameter.Offset + parameter.Count;
        }
    }

    /// <summary>An unoptimized library is many times slower, so the summary says that it is.</summary>
    [Fact]
    public void ADebugBuildIsNamedInTheSummary()
    {
        static Assembly With(DebuggableAttribute.DebuggingModes modes) => AssemblyBuilder.DefineDynamicAssembly(
            new AssemblyName("Users"), AssemblyBuilderAccess.Run,
            [new(typeof(DebuggableAttribute).GetConstructor([typeof(DebuggableAttribute.DebuggingModes)])!, [modes])]);

        const DebuggableAttribute.DebuggingModes Debug =
            DebuggableAttribute.DebuggingModes.Default | DebuggableAttribute.DebuggingModes.DisableOptimizations;
        Assert.StartsWith("Users is built without optimization", NetworkSummary.Build(With(Debug)), StringComparison.Ordinal);
        Assert.Empty(NetworkSummary.Build(With(DebuggableAttribute.DebuggingModes.IgnoreSymbolStoreSequencePoints)));
        Assert.Empty(NetworkSummary.Build(AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Users"), AssemblyBuilderAccess.Run)));

        using NeuralNetwork network = DeclaredNetworks.Create(nameof(PrimeMlp), batchSize: 1, threads: 1);
        Assert.EndsWith($"adds its own.\n{NetworkSummary.Build(network.GetType().Assembly)}", network.Summary(), StringComparison.Ordinal);
    }

    // Records compare arrays by reference, so the parameters are compared separately. CountPadding concerns average pools alone. Strides
    // are limited to the padded map.
    private static StageDescription WithoutParameters(StageDescription stage) => stage with
    {
        Weights = null,
        Biases = null,
        Linear = stage.Linear is LinearDescription.Conv2d conv ? conv with { Window = On(stage.Input, conv.Window) } : stage.Linear,
        Pool = stage.Pool is { } pool ? pool with { Window = On(stage.MergeOutput, pool.Window),
            CountPadding = pool.Kind != PoolKind.Max && pool.CountPadding } : null,
    };

    private static Window On(Shape map, Window window) => window with
    {
        StrideHeight = (int)Math.Min(window.StrideHeight, map.Height + 2L * window.PaddingHeight),
        StrideWidth = (int)Math.Min(window.StrideWidth, map.Width + 2L * window.PaddingWidth),
    };
}
