using NoiseGen.Generator.Diagnostics;
using NoiseGen.Generator.Parsing;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Graph;

/// <summary>Checks a declaration and makes it a graph: shapes are inferred, policies resolved.</summary>
internal static class GraphBuilder
{
    public static GraphResult Build(NetworkDeclaration declaration)
    {
        ProblemList problems = new();
        StageOperations[] stages = [.. declaration.Stages.Select((stage, index) => StageOperations.Of(stage, index, problems))];
        StageShapes[] shapes = ShapeInference.Infer(declaration, stages, problems);
        NoisePolicy noise = NoisePolicy.Of(declaration, stages, problems);
        QuantizationPolicy quantization = QuantizationPolicy.Of(declaration, stages, problems);
        if (problems.Count > 0) return new GraphResult(null, problems.ToArray());

        NetworkGraph graph = Assemble(declaration, stages, shapes, noise, quantization);
        CheckMemory(graph, declaration.Class.Name, problems);
        return problems.Count == 0 ? new GraphResult(graph, default) : new GraphResult(null, problems.ToArray());
    }

    // Only a plan knows what all stages need together. The first excess is enough.
    private static void CheckMemory(NetworkGraph graph, string name, ProblemList problems)
    {
        if (Planner.Plan(graph).Memory.Excesses.FirstOrDefault() is { } excess)
            problems.Add(DiagnosticIds.TooLarge, Place.Name(Place.Network), $"Network '{name}'", excess, MemoryPlan.MaxFloats);
    }

    private static NetworkGraph Assemble(
        NetworkDeclaration declaration, StageOperations[] stages, StageShapes[] shapes, NoisePolicy noise, QuantizationPolicy quantization)
    {
        NoiseSiteList sites = new(noise);
        sites.Add(Place.Network, Sites.Input, nameof(Sites.Input), shapes[0].Input);
        StageNode[] nodes = new StageNode[stages.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            StageDeclaration stage = declaration.Stages[i];
            int Noise(Sites site, ImageShape shape) => stages[i].Sites.HasFlag(site) ? sites.Add(i, site, $"{stage.Name}.{site}", shape) : -1;

            nodes[i] = new StageNode(
                stage.Name,
                i - 1,
                shapes[i].Input,
                shapes[i].LinearOutput,
                shapes[i].LinearOutput,
                shapes[i].Output,
                stages[i].Linear,
                null,
                null,
                stages[i].Relu ? new ActivationNode(Activation.Relu, 0f) : null,
                stages[i].Pool,
                0f,
                quantization.Weights(stages[i]),
                quantization.Activations(stages[i]),
                LinearNoise: Noise(Sites.Linear, shapes[i].LinearOutput),
                NormNoise: -1,
                SumNoise: -1,
                ActivationNoise: Noise(Sites.Activation, shapes[i].LinearOutput),
                PoolNoise: Noise(Sites.Pool, shapes[i].Output));
        }

        return new NetworkGraph(
            declaration.Class, shapes[0].Input, new(nodes), sites.ToArray(),
            new([.. declaration.Stages.Select(stage => new MemberNode(stage.Identifier, stage.Modifiers, null, false))]));
    }
}

/// <summary>The builder's answer: a graph, or what is wrong with the declaration.</summary>
internal sealed record GraphResult(NetworkGraph? Graph, EquatableArray<Problem> Problems);

/// <summary>Numbers the noise sites in execution order.</summary>
internal sealed class NoiseSiteList(NoisePolicy policy)
{
    private readonly List<NoiseSiteNode> _sites = [];

    /// <summary>Adds a site where the policy has noise.</summary>
    /// <returns>The site's index, −1 without noise.</returns>
    public int Add(int stage, Sites site, string name, ImageShape shape)
    {
        if (policy.Kind(stage, site) is not { } kind) return -1;
        _sites.Add(new NoiseSiteNode(name, stage, site, shape, kind.Code, kind.Name));
        return _sites.Count - 1;
    }

    public EquatableArray<NoiseSiteNode> ToArray() => new([.. _sites]);
}
