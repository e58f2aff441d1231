using CsCheck;

namespace NoiseGen.Runtime.Tests.Optimizers;

public class LearningRateScheduleTests
{
    [Fact]
    public void ConstantNeverChanges() => Assert.All(Enumerable.Range(0, 11), epoch => Assert.Equal(0.1f, LearningRateSchedule.Constant.Rate(0.1f, epoch, 10)));

    [Fact]
    public void CosineIsPyTorchsClosedForm() => Gen.Select(Gen.Float[0f, 1f], Gen.Float[0f, 0.1f], Gen.Double[0, 1], Gen.Double[0.5, 500]).Sample((first, last, part, epochs) =>
        Assert.Equal(
            last + (first - (double)last) * (1 + Math.Cos(Math.PI * part)) / 2,
            LearningRateSchedule.Cosine(last).Rate(first, part * epochs, epochs),
            6e-8)); // half a unit in the last place of a float below 1

    [Fact]
    public void WarmUpLeadsSomewhere() => Assert.Throws<ArgumentNullException>("then", () => LearningRateSchedule.WarmUp(1, null!));

    [Fact]
    public void CosineReachesItsEnds()
    {
        Assert.Equal(0.5f, LearningRateSchedule.Cosine(0.1f).Rate(0.5f, 0, 30));
        Assert.Equal(0.3f, LearningRateSchedule.Cosine(0.1f).Rate(0.5f, 15, 30));
        Assert.Equal(0.1f, LearningRateSchedule.Cosine(0.1f).Rate(0.5f, 30, 30));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(9.99, 1)]
    [InlineData(10, 0.5)]
    [InlineData(19, 0.5)]
    [InlineData(20, 0.25)]
    [InlineData(30, 0.125)]
    public void StepsDownEveryTenEpochs(double epoch, float expected) => Assert.Equal(expected, LearningRateSchedule.Step(10, 0.5f).Rate(1f, epoch, 30));

    [Theory]
    [InlineData(0, 0.2)]
    [InlineData(2, 0.6)]
    [InlineData(3.5, 0.9)]
    [InlineData(4, 1)]
    public void WarmsUpInAStraightLine(double epoch, float expected) =>
        Assert.Equal(expected, LearningRateSchedule.WarmUp(4, LearningRateSchedule.Constant, start: 0.2).Rate(1f, epoch, 20), 1e-6f);

    [Fact]
    public void WhatFollowsAWarmUpTakesTheEpochsThatAreLeft()
    {
        LearningRateSchedule cosine = LearningRateSchedule.Cosine(0.01f), warm = LearningRateSchedule.WarmUp(5, cosine);
        for (int epoch = 5; epoch <= 30; epoch++) Assert.Equal(cosine.Rate(0.3f, epoch - 5, 25), warm.Rate(0.3f, epoch, 30));
        Assert.Equal(0.3f, warm.Rate(0.3f, 5, 5)); // nothing is left
        Assert.Equal(0.3f * 0.46f, warm.Rate(0.3f, 2, 3), 1e-6f);
    }

    [Fact]
    public void RefusesWrongSettings()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Cosine(-1f));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Step(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Step(1, 0f));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.WarmUp(0, LearningRateSchedule.Constant));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.WarmUp(1, LearningRateSchedule.Constant, start: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Constant.Rate(1f, -0.1, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Constant.Rate(1f, 10.1, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Constant.Rate(1f, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Constant.Rate(float.NaN, 0, 10));
    }
}
