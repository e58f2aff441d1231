using NoiseGen.Tests.Declared;

namespace NoiseGen.Tests.Properties;

/// <summary>Weights stay within their limit, and nothing else is touched.</summary>
public class WeightLimitTests
{
    [Fact]
    public void AStepClampsTheWeightsAlone()
    {
        using var free = new LearnedNormed(seed: 1, batchSize: 16, threads: 1);
        using var limited = new LearnedNormed(seed: 1, batchSize: 16, threads: 3) { WeightLimit = 0.1f };
        var random = new Random(1);
        float[] images = [.. Enumerable.Range(0, 16 * 48).Select(_ => (float)random.Gaussian())];
        int[] labels = random.Labels(16, 4);

        free.TrainStep(images, labels, new Sgd(0.5f));
        limited.TrainStep(images, labels, new Sgd(0.5f));

        foreach ((Parameter before, Parameter after) in free.Parameters.Zip(limited.Parameters))
        {
            bool isWeight = before.Description.Dimensions.Length > 1;
            Assert.Equal(
                before.Values.ToArray().Select(value => isWeight ? Math.Clamp(value, -0.1f, 0.1f) : value), after.Values.ToArray());
        }

        Assert.Contains(free.Conv1.Weights.Values.ToArray(), value => Math.Abs(value) > 0.1f);
        Assert.Throws<ArgumentOutOfRangeException>(() => limited.WeightLimit = 0f);
        Assert.Throws<ArgumentOutOfRangeException>(() => limited.WeightLimit = float.NaN);
    }
}
