using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Model;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Loops;

/// <summary>A noise site of a stage, as its methods have it.</summary>
/// <param name="Index">Its place in the network's list.</param>
/// <param name="Place">Its place in the stage's workspace.</param>
/// <param name="Name">Name of the variable that draws its samples.</param>
/// <param name="Kind">The kind of noise.</param>
internal sealed record StageSite(int Index, int Place, string Name, NoiseKind Kind)
{
    public const string Linear = "linear", Norm = "normed", Sum = "sum", Activation = "activation", Pool = "pool";

    /// <summary>Place of the stage's dropout, after all sites.</summary>
    public const int DropoutPlace = Planner.MostSites;

    /// <summary>The sites of a stage, in execution order.</summary>
    public static IReadOnlyList<StageSite> Of(NetworkGraph graph, StageNode stage)
    {
        (int Index, string Name)[] places =
        [
            (stage.LinearNoise, Linear), (stage.NormNoise, Norm), (stage.SumNoise, Sum), (stage.ActivationNoise, Activation),
            (stage.PoolNoise, Pool),
        ];
        return
        [
            .. places.Select((site, place) => (site.Index, place, site.Name)).Where(site => site.Index >= 0)
                .Select(site => new StageSite(site.Index, site.place, site.Name, graph.NoiseSites[site.Index].Kind)),
        ];
    }
}
