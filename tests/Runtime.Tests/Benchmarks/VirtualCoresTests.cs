using System.Diagnostics;
using NoiseGen.Benchmarks.Scaling;

namespace NoiseGen.Runtime.Tests.Benchmarks;

/// <summary>A step's pieces on cores that the machine does not have.</summary>
public class VirtualCoresTests
{
    [Theory]
    [InlineData(1, 80)]
    [InlineData(4, 20)]
    [InlineData(8, 10)]
    [InlineData(64, 10)]
    public void EvenPiecesAreShared(int cores, double expected) =>
        Assert.Equal(2 + expected, new VirtualCores(cores, Barrier: 2).Time([10, 10, 10, 10, 10, 10, 10, 10]));

    // The second thread ends its own share, and takes what the first has not begun.
    [Fact]
    public void WhoIsDoneHelps() => Assert.Equal(40, new VirtualCores(2, Barrier: 0).Time([40, 10, 10, 10]));

    [Fact]
    public void WhatTheCallerDoesAloneIsNotShared()
    {
        var step = new StepTrace([new("Forward", Before: 3, [10, 10]), new("Backward", Before: 1, [20, 20])], After: 5);
        Assert.Equal(69, step.Total);
        Assert.Equal(3 + 1 + 5 + 2 * 0.5 + 10 + 20, new VirtualCores(2, Barrier: 0.5).Time(step));
    }

    [Fact]
    public void APieceHasItsMedian()
    {
        long microsecond = Stopwatch.Frequency / 1_000_000;
        TracedStep Step(long pieces) => new([new TracedPhase("Forward", 0, 0, 2 * microsecond, [pieces * microsecond])], 0);
        StepTrace step = StepTrace.Of([Step(9), Step(1), Step(5)]);
        Assert.Equal(5, step.Phases[0].Pieces[0]);
        Assert.Equal(2, step.Phases[0].Before);
        Assert.Throws<InvalidOperationException>(() => StepTrace.Of([Step(1), new TracedStep([], 0)]));
    }
}
