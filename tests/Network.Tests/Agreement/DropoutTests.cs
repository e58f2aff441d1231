using NoiseGen.Tests.Declared;

namespace NoiseGen.Tests.Agreement;

/// <summary>The rate of a dropout can be set at run time.</summary>
public class DropoutTests
{
    [Fact]
    public void ARateOfZeroSwitchesDropoutOff()
    {
        float[] images = [.. Enumerable.Range(0, 40 * 72).Select(i => (i * 37 % 101) / 50f - 1f)];
        int[] labels = [.. Enumerable.Range(0, 40).Select(i => i % 4)];
        using var network = new Dropped(seed: 1, batchSize: 40, threads: 2);
        network.Noise.SetTrainSigma(0f);
        float dropped = network.ComputeGradients(images, labels).Loss;
        foreach (Stage stage in network.Stages.Where(stage => stage.Description.DropoutRate > 0)) stage.DropoutRate = 0f;
        float whole = network.ComputeGradients(images, labels).Loss;
        float[] gradient = network.Conv1.Weights.Gradients.ToArray();
        network.Hidden.DropoutRate = 1e-9f;
        float nearly = network.ComputeGradients(images, labels).Loss;

        Assert.NotEqual(dropped, whole);
        Assert.Equal(whole, nearly);
        Assert.Equal(gradient, network.Conv1.Weights.Gradients.ToArray());
    }

    [Fact]
    public void ARateIsAtLeastZeroAndBelowOne()
    {
        using var network = new Dropped(seed: 1, batchSize: 1, threads: 1);
        Assert.Equal(0.25f, network.Conv1.DropoutRate);
        foreach (float rate in new[] { -0.1f, 1f, float.NaN })
        {
            string message = Assert.Throws<ArgumentOutOfRangeException>(() => network.Conv1.DropoutRate = rate).Message;
            Assert.StartsWith("The dropout rate of stage Conv1 must be at least 0 and below 1.", message);
        }

        Assert.Equal(0.25f, network.Conv1.DropoutRate);
        Assert.Equal("Stage Logits has no dropout: it has no [Dropout].",
            Assert.Throws<InvalidOperationException>(() => network.Logits.DropoutRate = 0.5f).Message);
    }
}
