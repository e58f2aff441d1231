using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Graph;

/// <summary>Checks a declaration and makes it a graph: blocks are unrolled, inputs named, shapes inferred, policies resolved.</summary>
internal static class GraphBuilder
{
    public static GraphResult Build(NetworkDeclaration declaration)
    {
        ProblemList problems = new();
        NetworkGraph? graph = new StageWalk(declaration, problems).Run();
        return new GraphResult(problems.Count == 0 ? graph : null, problems.ToArray());
    }
}

/// <summary>
/// The builder's answer: a graph, or what is wrong with the declaration.
/// Whether it fits into memory, only a plan can tell.
/// </summary>
internal sealed record GraphResult(NetworkGraph? Graph, EquatableArray<Problem> Problems);
