extern alias Runtime;

using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Tests;

/// <summary>Does it plan? What planner and runtime must agree on.</summary>
public sealed class PlanTests
{
    [Fact]
    public void NoiseHasTheRuntimesWorkspace() => Assert.Equal(Runtime::NoiseGen.CompilerServices.NoiseLanes.Workspace, Planner.NoiseWorkspace);
}
