using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Graph;

/// <summary>Checks a declaration and builds a graph from it: unrolls blocks, names inputs, infers shapes and resolves policies.</summary>
internal static class GraphBuilder
{
    public static GraphResult Build(NetworkDeclaration declaration)
    {
        ProblemList problems = new();
        NetworkGraph? graph = new StageWalk(declaration, problems).Run();
        return new GraphResult(problems.Count == 0 ? graph : null, problems.ToArray());
    }
}

/// <summary>The result: a graph, or the problems of the declaration. Only a plan can tell whether the network fits into memory.</summary>
internal sealed record GraphResult(NetworkGraph? Graph, EquatableArray<Problem> Problems);
