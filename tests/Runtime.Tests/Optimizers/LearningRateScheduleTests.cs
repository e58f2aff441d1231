using CsCheck;

namespace NoiseGen.Runtime.Tests.Optimizers;

public class LearningRateScheduleTests
{
    [Fact]
    public void ConstantNeverChanges() =>
        Assert.All(Enumerable.Range(0, 11), epoch => Assert.Equal(0.1f, LearningRateSchedule.Constant.Rate(0.1f, epoch, 10)));

    [Fact]
    public void CosineByStepIsPyTorchsClosedForm() =>
        Gen.Select(Gen.Float[0f, 1f], Gen.Float[0f, 0.1f], Gen.Double[0, 1], Gen.Double[0.5, 500]).Sample((first, last, part, epochs) =>
        Assert.Equal(
            last + (first - (double)last) * (1 + Math.Cos(Math.PI * part)) / 2,
            LearningRateSchedule.CosineByStep(last).Rate(first, part * epochs, epochs),
            6e-8)); // half a unit in the last place of a float below 1

    /// <summary>
    /// The recurrence of PyTorch's CosineAnnealingLR: η ← η_min + (η − η_min)·(1 + cos(π·t/T))/(1 + cos(π·(t − 1)/T)), once per epoch.
    /// </summary>
    [Theory]
    [InlineData(3, 0f)]
    [InlineData(12, 0f)]
    [InlineData(500, 0.001f)]
    public void CosineIsPyTorchsOncePerEpoch(int epochs, float last)
    {
        LearningRateSchedule cosine = LearningRateSchedule.Cosine(last);
        double expected = 0.1f;
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            if (epoch > 0) expected =
                last + (expected - last) * (1 + Math.Cos(Math.PI * epoch / epochs)) / (1 + Math.Cos(Math.PI * (epoch - 1) / epochs));
            foreach (double part in new[] { 0, 0.01, 0.5, 0.999 }) Assert.Equal(expected, cosine.Rate(0.1f, epoch + part, epochs), 1e-8);
        }
    }

    [Fact]
    public void WarmUpLeadsSomewhere()
    {
        Assert.Throws<ArgumentNullException>("then", () => LearningRateSchedule.WarmUp(1, null!));
        Assert.Throws<ArgumentNullException>("then", () => LearningRateSchedule.WarmUpByStep(1, null!));
    }

    [Fact]
    public void CosineReachesItsEnds()
    {
        foreach (LearningRateSchedule cosine in new[] { LearningRateSchedule.Cosine(0.1f), LearningRateSchedule.CosineByStep(0.1f) })
        {
            Assert.Equal(0.5f, cosine.Rate(0.5f, 0, 30));
            Assert.Equal(0.3f, cosine.Rate(0.5f, 15, 30));
            Assert.Equal(0.1f, cosine.Rate(0.5f, 30, 30));
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(9.99, 1)]
    [InlineData(10, 0.5)]
    [InlineData(19, 0.5)]
    [InlineData(20, 0.25)]
    [InlineData(30, 0.125)]
    public void StepsDownEveryTenEpochs(double epoch, float expected) =>
        Assert.Equal(expected, LearningRateSchedule.Step(10, 0.5f).Rate(1f, epoch, 30));

    [Theory]
    [InlineData(0, 0.2)]
    [InlineData(2, 0.6)]
    [InlineData(3.5, 0.9)]
    [InlineData(4, 1)]
    public void WarmsUpInAStraightLine(double epoch, float expected) =>
        Assert.Equal(expected, LearningRateSchedule.WarmUpByStep(4, LearningRateSchedule.Constant, start: 0.2).Rate(1f, epoch, 20), 1e-6f);

    /// <summary>PyTorch's LinearLR(start_factor = 0.2, total_iters = 4), once per epoch.</summary>
    [Theory]
    [InlineData(0.9, 0.2)]
    [InlineData(1, 0.4)]
    [InlineData(2.5, 0.6)]
    [InlineData(3.99, 0.8)]
    [InlineData(4, 1)]
    public void WarmsUpFromEpochToEpoch(double epoch, float expected) =>
        Assert.Equal(expected, LearningRateSchedule.WarmUp(4, LearningRateSchedule.Constant, start: 0.2).Rate(1f, epoch, 20), 1e-6f);

    /// <summary>A checkpoint distinguishes them by these names.</summary>
    [Fact]
    public void SchedulesHaveDistinctNames()
    {
        LearningRateSchedule[] schedules =
        [
            LearningRateSchedule.Constant, LearningRateSchedule.Cosine(), LearningRateSchedule.CosineByStep(), LearningRateSchedule.Step(2),
            LearningRateSchedule.WarmUp(2, LearningRateSchedule.Constant),
            LearningRateSchedule.WarmUpByStep(2, LearningRateSchedule.Constant),
        ];
        Assert.Equal(schedules.Length, schedules.Select(schedule => schedule.ToString()).Distinct().Count());
        Assert.Equal("cosine by epoch to 0", schedules[1].ToString());
        Assert.Equal("cosine by step to 0", schedules[2].ToString());
    }

    [Fact]
    public void TheScheduleAfterAWarmUpTakesTheRemainingEpochs()
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
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.CosineByStep(float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.WarmUp(0, LearningRateSchedule.Constant));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.WarmUpByStep(0, LearningRateSchedule.Constant));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.WarmUp(1, LearningRateSchedule.Constant, start: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Constant.Rate(1f, -0.1, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Constant.Rate(1f, 10.1, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Constant.Rate(1f, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Constant.Rate(float.NaN, 0, 10));
    }
}
