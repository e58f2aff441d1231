namespace NoiseGen.Tests;

/// <summary>The training noise over the epochs, epoch by epoch from the rules.</summary>
public class NoiseScheduleTests
{
    private static float[] Sigmas(NoiseSchedule schedule, int epochs) =>
        [.. Enumerable.Range(0, epochs).Select(epoch => schedule.SigmaAt(epoch, epochs))];

    [Fact]
    public void ARampBeginsWithoutNoiseAndStays() =>
        Assert.Equal([0f, 0.125f, 0.25f, 0.375f, 0.5f, 0.5f], Sigmas(NoiseSchedule.Ramp(0.5f, rampEpochs: 4), 6));

    [Fact]
    public void ARampTakesAFifthOfTheTraining()
    {
        float[] sigmas = Sigmas(NoiseSchedule.Ramp(1f), 500);
        Assert.Equal([0f, 0.5f, 0.99f, 1f, 1f], new[] { 0, 50, 99, 100, 499 }.Select(epoch => sigmas[epoch]));
    }

    [Fact]
    public void AnOvershootIsTheAuthorsOfFiveHundredEpochs()
    {
        float[] sigmas = Sigmas(NoiseSchedule.Overshoot(2f), 500);
        Assert.Equal(3f, sigmas[325], 1e-5f);
        Assert.Equal(3f, sigmas.Max(), 1e-5f);
        Assert.Equal(3f * 100 / 325, sigmas[100], 1e-5f);
        Assert.Equal(2.5f, (sigmas[362] + sigmas[363]) / 2, 1e-5f);
        Assert.All(sigmas[400..], sigma => Assert.Equal(2f, sigma, 1e-5f));
    }

    [Fact]
    public void VarianceAwareStrengthsAreHalfNormal()
    {
        float[] sigmas = Sigmas(NoiseSchedule.VarianceAware(0.5f, deviation: 0.25f, mean: 2f, seed: 7), 4000);
        Assert.All(sigmas, sigma => Assert.True(sigma >= 1f));

        // The half-normal's mean is √(2/π); the standard error of 4000 draws is 0.25 · 0.6 / √4000 = 0.0024.
        Assert.Equal(1 + 0.25 * Math.Sqrt(2 / Math.PI), sigmas.Average(), 0.01);
        Assert.Equal(sigmas, Sigmas(NoiseSchedule.VarianceAware(0.5f, 0.25f, 2f, seed: 7), 4000));
        Assert.NotEqual(sigmas, Sigmas(NoiseSchedule.VarianceAware(0.5f, 0.25f, 2f, seed: 8), 4000));
    }

    [Fact]
    public void ImagesDifferOnceTheRampIsDone()
    {
        NoiseSites sites = FakeNetwork.Sites("a");
        ImageSigma perImage = ImageSigma.HalfNormal(1f, 0.5f);
        NoiseSchedule schedule = NoiseSchedule.Ramp(0.5f, rampEpochs: 2).With(perImage);
        var found = new List<bool>();
        for (int epoch = 0; epoch < 5; epoch++)
        {
            schedule.Apply(sites, epoch, 5);
            found.Add(sites.PerImage == perImage);
        }

        Assert.Equal([false, false, true, true, true], found);
        NoiseSchedule.Constant(1f).Apply(sites, 0, 1);
        Assert.Null(sites.PerImage);
    }

    [Fact]
    public void MapsMultiplyAndBudgetsAreShared()
    {
        NoiseSites sites = FakeNetwork.Sites("a", "b", "c");
        NoiseSchedule.Constant(0.5f).Mapped([1f, 0f, 3f]).Apply(sites, 0, 1);
        Assert.Equal([0.5f, 0f, 1.5f], sites.Select(site => site.TrainSigma));

        NoiseSchedule.Constant(0.5f).Budgeted([1f, 0f, 3f]).Apply(sites, 0, 1);
        Assert.Equal([0.125f, 0f, 0.375f], sites.Select(site => site.TrainSigma));

        NoiseSchedule.Constant(0.5f).Mapped([1f, 0f, 3f]).Mapped([2f, 2f, 2f]).Apply(sites, 0, 1);
        Assert.Equal([1f, 0f, 3f], sites.Select(site => site.TrainSigma));
        Assert.Throws<InvalidOperationException>(() => NoiseSchedule.None.With(ImageSigma.Normal(1f, 1f)).Mapped([1f, 1f, 1f]));
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        NoiseSites sites = FakeNetwork.Sites("a", "b");
        string ramp = Assert.Throws<InvalidOperationException>(
            () => NoiseSchedule.Ramp(1f, 10).With(ImageSigma.Normal(1f, 1f)).Check(sites, 10)).Message;
        Assert.Contains("10 epochs", ramp, StringComparison.Ordinal);
        NoiseSchedule.Ramp(1f, 9).Check(sites, 10);
        string map = Assert.Throws<InvalidOperationException>(() => NoiseSchedule.Constant(1f).Mapped([1f]).Check(sites, 10)).Message;
        Assert.Contains("1 factors, but the network has 2", map, StringComparison.Ordinal);

        Assert.Throws<ArgumentOutOfRangeException>(() => NoiseSchedule.Ramp(1f, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => NoiseSchedule.Overshoot(-1f));
        Assert.Throws<ArgumentOutOfRangeException>(() => NoiseSchedule.VarianceAware(1f, float.NaN));
        Assert.Throws<ArgumentException>(() => NoiseSchedule.Constant(1f).Mapped([-1f]));
        Assert.Throws<ArgumentException>(() => NoiseSchedule.Constant(1f).Budgeted([0f, 0f]));
        Assert.Throws<ArgumentException>(() => NoiseSchedule.Constant(1f).Budgeted([-1f, -2f]));
        NoiseSchedule.Constant(1f).Budgeted([float.MaxValue, float.MaxValue]).Apply(sites, 0, 1);
        Assert.Equal([0.5f, 0.5f], sites.Select(site => site.TrainSigma));
    }
}
