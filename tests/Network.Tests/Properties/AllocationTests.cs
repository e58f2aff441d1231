using NoiseGen.Tests.Declared;

namespace NoiseGen.Tests.Properties;

public class AllocationTests
{
    [Theory]
    [InlineData(nameof(LeNet5Both), 1)]
    [InlineData(nameof(LeNet5Both), 3)]
    [InlineData(nameof(Everything), 2)]
    public void AStepAllocatesNothing(string name, int threads) =>
        Assert.Equal(["0"], Child.Run(new Dictionary<string, string>(), Child.Allocations, name, $"{threads}"));
}
