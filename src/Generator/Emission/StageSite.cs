using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Emission;

/// <summary>A noise site of a stage, as generated code has it.</summary>
/// <param name="Index">Its place in the network's list; −1 where the stage has no such site.</param>
/// <param name="Place">Its place in the stage's workspace.</param>
/// <param name="Name">Name of the variable that draws its samples.</param>
internal sealed record StageSite(int Index, int Place, string Name)
{
    public const string Linear = "linear", Norm = "normed", Sum = "sum", Activation = "activation", Pool = "pool";

    /// <summary>Place of the stage's dropout, behind all sites.</summary>
    public const int DropoutPlace = Planner.MostSites;

    /// <summary>All that a stage can have, in execution order.</summary>
    public static StageSite[] Of(StageNode stage) =>
    [
        new(stage.LinearNoise, 0, Linear), new(stage.NormNoise, 1, Norm), new(stage.SumNoise, 2, Sum), new(stage.ActivationNoise, 3, Activation),
        new(stage.PoolNoise, 4, Pool),
    ];
}
