using NoiseGen.Benchmarks.Scaling;

namespace NoiseGen.Runtime.Tests.Benchmarks;

/// <summary>The benchmarks' estimates for more threads than there are.</summary>
public class AmdahlTests
{
    [Theory]
    [InlineData(10, 5, 0)]
    [InlineData(10, 6, 0.2)]
    [InlineData(10, 10, 1)]
    [InlineData(10, 4, 0)] // two threads have twice the caches
    [InlineData(10, 11, 1)]
    public void TwoThreadsTellTheSerialShare(double one, double two, double expected) =>
        Assert.Equal(expected, Amdahl.SerialShare(one, two, blocks: 4), 12);

    [Fact]
    public void UnequalSharesTellNothing() => Assert.Equal(double.NaN, Amdahl.SerialShare(10, 6, blocks: 1));

    [Theory]
    [InlineData(0, 4, 1, 1)]
    [InlineData(0.2, 4, 2, 10.0 / 6)]
    [InlineData(0, 4, 3, 2)] // one of three has two blocks
    [InlineData(0, 4, 16, 4)] // at most one thread per block works
    [InlineData(0.5, 64, 64, 1 / (0.5 + 0.5 / 64))]
    [InlineData(1, 64, 64, 1)]
    public void SerialPartAndBlocksLimitTheSpeedUp(double serial, int blocks, int threads, double expected) =>
        Assert.Equal(expected, Amdahl.SpeedUp(serial, blocks, threads), 12);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(32, 1)]
    [InlineData(33, 2)]
    [InlineData(1024, 32)]
    public void ABlockIsThirtyTwoImages(int batch, int expected) => Assert.Equal(expected, Amdahl.Blocks(batch));
}
