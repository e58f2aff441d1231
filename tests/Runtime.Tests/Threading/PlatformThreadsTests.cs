namespace NoiseGen.Runtime.Tests.Threading;

public class PlatformThreadsTests
{
    [Theory]
    [InlineData(0, 8, true, 8)]
    [InlineData(3, 8, true, 3)]
    [InlineData(0, 8, false, 1)]
    [InlineData(1, 8, false, 1)]
    [InlineData(1024, 8, false, 1)]
    public void WhatIsAskedForIsUsedWhereThreadsCanBeStarted(int asked, int processors, bool canStart, int used) =>
        Assert.Equal(used, PlatformThreads.For(asked, processors, canStart));

    [Fact]
    public void ThePlatformSaysWhetherThereAreThreads()
    {
        Assert.True(PlatformThreads.CanStart(thread => thread.Start()));
        Assert.False(PlatformThreads.CanStart(_ => throw new PlatformNotSupportedException()));
    }

    [Fact]
    public void ZeroMeansOnePerProcessor() => Assert.Equal(Environment.ProcessorCount, PlatformThreads.For(0));
}
