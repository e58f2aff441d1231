using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Model;
using NoiseGen.Generator.Planning;
using Steps = NoiseGen.Generator.NetworkGenerator.Steps;

namespace NoiseGen.Generator.Tests;

/// <summary>
/// One run of the generator. Every run is repeated on an equal compilation, and fails if the second run computes anything anew, if a
/// tracked step holds on to Roslyn's objects, or if the generator crashed.
/// </summary>
internal sealed class GeneratorDriverRun
{
    private readonly GeneratorDriver _driver;

    private GeneratorDriverRun(GeneratorDriver driver, Compilation compilation)
    {
        _driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
        (Input, Output, Diagnostics) = (compilation, output, diagnostics);
        // among them CS8785, a crash
        Assert.DoesNotContain(diagnostics, diagnostic => !diagnostic.Id.StartsWith("NG", StringComparison.Ordinal));

        Result = _driver.GetRunResult().Results.Single();
        Assert.Null(Result.Exception);
        foreach (object model in Models(Result).Select(step => step.Value)) ObjectGraph.AssertHoldsNoRoslynObjects(model);
        AssertSecondRunIsCached();
    }

    public Compilation Input { get; }

    /// <summary>The compilation with the generated files.</summary>
    public Compilation Output { get; }

    /// <summary>The diagnostics of the generator itself.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    public GeneratorRunResult Result { get; }

    public IEnumerable<NetworkDeclaration> Declarations => Values<NetworkDeclaration>(Steps.Declarations);

    public IEnumerable<NetworkGraph> Graphs => Values<NetworkGraph>(Steps.Graphs);

    public NetworkGraph Graph => Graphs.Single();

    /// <summary>The networks for which code is generated: those without mistakes whose memories are not too large.</summary>
    public IEnumerable<NetworkPlan> Plans =>
        Values<PlannedNetwork>(Steps.Planned).Where(network => network.FitsMemory).Select(network => network.Plan);

    public static GeneratorDriverRun Of(params string[] sources) => Of(TestCompilation.Of(sources));

    public static GeneratorDriverRun Of(Compilation compilation) => new(
        CSharpGeneratorDriver.Create(
            [new NetworkGenerator().AsSourceGenerator()],
            parseOptions: TestCompilation.ParseOptions,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true)),
        compilation);

    /// <summary>Runs the same driver on another compilation.</summary>
    public GeneratorDriverRun Then(Compilation compilation) => new(_driver, compilation);

    /// <summary>The reasons of a step's outputs, in the order of the outputs.</summary>
    public IncrementalStepRunReason[] Reasons(Steps step) => Result.TrackedSteps.TryGetValue(step.ToString(), out var runs)
        ? [.. runs.SelectMany(run => run.Outputs).Select(output => output.Reason)]
        : [];

    public GeneratorDriverRun AssertCompiles()
    {
        TestCompilation.AssertNoWarnings(Output);
        return this;
    }

    private IEnumerable<T> Values<T>(Steps step) => Result.TrackedSteps.TryGetValue(step.ToString(), out var runs)
        ? runs.SelectMany(run => run.Outputs).Where(output => output.Reason != IncrementalStepRunReason.Removed)
            .Select(output => (T)output.Value)
        : [];

    private void AssertSecondRunIsCached()
    {
        GeneratorRunResult second = _driver.RunGenerators(Input.Clone()).GetRunResult().Results.Single();
        foreach ((object _, IncrementalStepRunReason reason) in Outputs(second))
            Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"A second run gave {reason}.");
    }

    private static IEnumerable<(object Value, IncrementalStepRunReason Reason)> Models(GeneratorRunResult result) =>
        Enum.GetNames<Steps>().SelectMany(name => result.TrackedSteps.GetValueOrDefault(name, [])).SelectMany(run => run.Outputs);

    // Models, and the final outputs: files and diagnostics.
    private static IEnumerable<(object Value, IncrementalStepRunReason Reason)> Outputs(GeneratorRunResult result) =>
        Models(result).Concat(result.TrackedOutputSteps.Values.SelectMany(runs => runs).SelectMany(run => run.Outputs));
}
