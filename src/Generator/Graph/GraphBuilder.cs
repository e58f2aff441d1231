using NoiseGen.Generator.Diagnostics;
using NoiseGen.Generator.Parsing;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Graph;

/// <summary>Checks a declaration and makes it a graph: blocks are unrolled, inputs named, shapes inferred, policies resolved.</summary>
internal static class GraphBuilder
{
    public static GraphResult Build(NetworkDeclaration declaration)
    {
        ProblemList problems = new();
        if (new StageWalk(declaration, problems).Run() is not { } graph || problems.Count > 0)
            return new GraphResult(null, problems.ToArray());

        CheckMemory(graph, declaration.Class.Name, problems);
        return problems.Count == 0 ? new GraphResult(graph, default) : new GraphResult(null, problems.ToArray());
    }

    // Only a plan knows what all stages need together. The first excess is enough.
    private static void CheckMemory(NetworkGraph graph, string name, ProblemList problems)
    {
        if (Planner.Plan(graph).Memory.Excesses.FirstOrDefault() is { } excess)
            problems.Add(DiagnosticIds.TooLarge, Place.Name(Place.Network), $"Network '{name}'", excess, MemoryPlan.MaxFloats);
    }
}

/// <summary>The builder's answer: a graph, or what is wrong with the declaration.</summary>
internal sealed record GraphResult(NetworkGraph? Graph, EquatableArray<Problem> Problems);
