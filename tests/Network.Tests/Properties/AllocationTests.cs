using NoiseGen.Tests.Declared;

namespace NoiseGen.Tests.Properties;

/// <summary>The bytes that all threads of a process together allocate in a hundred steps.</summary>
public class AllocationTests
{
    // When the runtime compiles a hot method again it allocates now and then, 24 bytes once; the step does not. So every method is
    // compiled for good at once.
    private static readonly Dictionary<string, string> CompiledForGood = new() { ["DOTNET_TieredCompilation"] = "0" };

    [Theory]
    [InlineData(nameof(LeNet5Both), 1)]
    [InlineData(nameof(LeNet5Both), 3)]
    [InlineData(nameof(Everything), 2)]
    [InlineData(nameof(NarrowNoisyResNet), 2)]
    [InlineData(nameof(Dropped), 2)]
    [InlineData(nameof(MixedDevices), 2)]
    public void AStepAllocatesNothing(string name, int threads) =>
        Assert.Equal(["0"], Child.Run(CompiledForGood, Child.Allocations, name, $"{threads}"));
}
