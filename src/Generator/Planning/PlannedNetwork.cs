using NoiseGen.Generator.Graph;

namespace NoiseGen.Generator.Planning;

/// <summary>
/// A network with its plan. The plan follows from the graph, so two planned networks are equal if their graphs are: this makes the
/// generator's step cacheable.
/// </summary>
internal sealed class PlannedNetwork(NetworkGraph graph, NetworkPlan plan) : IEquatable<PlannedNetwork>
{
    private readonly NetworkGraph _graph = graph;

    public NetworkPlan Plan { get; } = plan;

    /// <summary>Whether all of its memories are small enough; otherwise its offsets are meaningless.</summary>
    public bool FitsMemory { get; } = !plan.Memory.Excesses.Any();

    public bool Equals(PlannedNetwork? other) => other is not null && _graph.Equals(other._graph);

    public override bool Equals(object? obj) => Equals(obj as PlannedNetwork);

    public override int GetHashCode() => _graph.GetHashCode();
}
