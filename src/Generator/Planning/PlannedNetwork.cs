using NoiseGen.Generator.Graph;

namespace NoiseGen.Generator.Planning;

/// <summary>
/// A network with its plan, which follows from its graph: two are equal where the graphs are,
/// so that the generator's step is cached.
/// </summary>
internal sealed class PlannedNetwork(NetworkGraph graph, NetworkPlan plan) : IEquatable<PlannedNetwork>
{
    private readonly NetworkGraph _graph = graph;

    public NetworkPlan Plan { get; } = plan;

    /// <summary>Whether each of its memories is small enough; otherwise its places are of no use.</summary>
    public bool FitsMemory { get; } = !plan.Memory.Excesses.Any();

    public bool Equals(PlannedNetwork? other) => other is not null && _graph.Equals(other._graph);

    public override bool Equals(object? obj) => Equals(obj as PlannedNetwork);

    public override int GetHashCode() => _graph.GetHashCode();
}
