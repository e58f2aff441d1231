using NoiseGen.Tests.Declared;

namespace NoiseGen.Tests.Agreement;

/// <summary>Ranges of noise sites: found, used, refused while they are not known, and kept.</summary>
public sealed class CalibrationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("noisegen").FullName;

    private string File => Path.Combine(_folder, "net.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Whole batches and a partial one, of one block and of two.
    [Theory]
    [InlineData(nameof(Ranged), 20, 53, 1)]
    [InlineData(nameof(Ranged), 40, 100, 3)]
    [InlineData(nameof(RangedUnpooled), 20, 3, 1)]
    [InlineData(nameof(RangedUnpooled), 20, 9, 1)]
    [InlineData(nameof(RangedUnpooled), 20, 53, 1)]
    public void RangesAreTheLargestMagnitudes(string name, int batchSize, int images, int threads)
    {
        using var twin = new Twin(name, batchSize, threads);
        foreach (Stage stage in twin.Network.Stages) stage.WeightNoise.EvaluationSigma = 0.5f;
        twin.Network.SetDrift(0.1f, 0f);
        twin.Network.DriftTime = 100f;
        CalibrationCheck.Run(twin, images);
    }

    // The logits of a zero image are larger than this one's, and the block has thirty-one of them.
    [Fact]
    public void LanesWithoutAnImageHaveNoPart()
    {
        using var twin = new Twin(nameof(Ranged), batchSize: 1);
        twin.Network.Noise.SetEvaluationSigma(0f);
        double[][] image = [[.. Enumerable.Repeat(0.5, twin.Network.Description.Input.Count)]];
        float[] logits = new float[4], ofZeros = new float[4];
        twin.Network.Forward(image[0].Select(value => (float)value).ToArray(), logits);
        for (int i = 0; i < 4; i++) twin.Network.Stages[^1].Biases.Values[i] -= 0.99f * logits[i];
        twin.Network.Forward(new float[image[0].Length], ofZeros);

        CalibrationCheck.Calibrate(twin.Network, image);

        float range = twin.Network.Noise["Logits.Linear"].Range!.Value;
        Assert.Equal(logits.Max(Math.Abs) * 0.01f, range, 1e-4f);
        Assert.True(ofZeros.Max(Math.Abs) > 2 * range);
    }

    [Fact]
    public void NoiseIsAsStrongAsTheRangeSays()
    {
        using var twin = new Twin(nameof(Ranged), batchSize: 20);
        CalibrationCheck.Run(twin, 20);
        AssertAgreement.Logits(twin, 20);
        twin.Network.Noise[1].Range *= 1.1f;
        Assert.Throws<DisagreementException>(() => AssertAgreement.Logits(twin, 20));
    }

    [Fact]
    public void ASigmaWithoutARangeIsRefused()
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(Ranged), batchSize: 4);
        float[] images = new float[4 * network.Description.Input.Count];
        int[] labels = new int[4];
        var batches = new FloatBatches(network.Description.Input, 4, images, labels, 4);
        network.Evaluate(images, labels);
        network.TrainStep(images, labels, new Sgd(0.1f));

        network.Noise["Stem.Norm"].Sigma = 0.1f;
        var trainer = new Trainer(network, new Adam(1e-3f)) { Noise = NoiseSchedule.Ramp(0.1f, rampEpochs: 2) };
        foreach (Action use in new Action[]
        {
            () => network.Evaluate(images, labels), () => network.Forward(images, new float[16]),
            () => network.ComputeGradients(images, labels),
            () => network.TrainStep(images, labels, new Sgd(0.1f)), () => Robustness.Sweep(network, batches),
        })
        {
            string message = Assert.Throws<InvalidOperationException>(use).Message;
            Assert.Contains("Stem.Norm", message.Replace("Input", "Stem.Norm", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.Contains("call Calibrate", message, StringComparison.Ordinal);
        }

        // Before the ramp's first epoch, whose sigma is 0.
        network.Noise["Stem.Norm"].Sigma = 0f;
        Assert.Contains("call Calibrate", Assert.Throws<InvalidOperationException>(() => trainer.Run(batches, epochs: 3)).Message,
            StringComparison.Ordinal);
        Assert.Equal(1u, network.Step);

        network.Calibrate(batches);
        trainer.Run(batches, epochs: 3);
    }

    [Fact]
    public void MistakesAreNamed()
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(Ranged), batchSize: 4),
            other = DeclaredNetworks.Create(nameof(LeNet5Noisy), batchSize: 4);
        NoiseSite site = network.Noise[0];
        Assert.Throws<ArgumentOutOfRangeException>(() => site.Range = -1f);
        Assert.Throws<ArgumentOutOfRangeException>(() => site.Range = float.NaN);
        Assert.Throws<ArgumentOutOfRangeException>(() => site.Range = float.PositiveInfinity);
        Assert.Contains("units of Absolute", Assert.Throws<InvalidOperationException>(() => other.Noise[0].Range = 1f).Message,
            StringComparison.Ordinal);
        string message = Assert.Throws<InvalidOperationException>(
            () => CalibrationCheck.Calibrate(other, [new double[other.Description.Input.Count]])).Message;
        Assert.Contains("LeNet5Noisy has nothing to calibrate", message, StringComparison.Ordinal);

        // Values that are not finite have no range; the known range is kept.
        site.Range = 3f;
        network.Stages[0].Weights.Values.Fill(float.MaxValue);
        message = Assert.Throws<InvalidOperationException>(
            () => CalibrationCheck.Calibrate(network, [[.. Enumerable.Repeat(5.0, network.Description.Input.Count)]])).Message;
        Assert.Contains("Noise site Stem.Linear has values that are not finite numbers", message, StringComparison.Ordinal);
        Assert.Equal(3f, site.Range);
    }

    [Fact]
    public void RangesAreSavedAndLoaded()
    {
        using NeuralNetwork saved = DeclaredNetworks.Create(nameof(Ranged), batchSize: 4),
            loaded = DeclaredNetworks.Create(nameof(Ranged), batchSize: 4);
        foreach (NoiseSite site in saved.Noise.Where(site => site.Description.Unit == SigmaUnit.Range)) site.Range = 123.25f + site.Index;
        saved.Save(File);
        loaded.Load(File);
        Assert.Equal(saved.Noise.Select(site => site.Range), loaded.Noise.Select(site => site.Range));
        Assert.Contains(
            "Stem.Norm.range", System.Text.Encoding.UTF8.GetString(System.IO.File.ReadAllBytes(File)), StringComparison.Ordinal);

        byte[] bytes = System.IO.File.ReadAllBytes(File);
        int place = bytes.AsSpan().IndexOf(BitConverter.GetBytes(123.25f));
        BitConverter.GetBytes(-1f).CopyTo(bytes, place);
        System.IO.File.WriteAllBytes(File, bytes);
        Assert.Contains("'Input.range' has the value -1", Assert.Throws<CheckpointException>(() => loaded.Load(File)).Message,
            StringComparison.Ordinal);
        Assert.Equal(123.25f, loaded.Noise[0].Range);
    }

    /// <summary>A file from another tool, or of a network that was not calibrated.</summary>
    [Fact]
    public void AFileMayLackRanges()
    {
        using NeuralNetwork saved = DeclaredNetworks.Create(nameof(Ranged), batchSize: 4),
            loaded = DeclaredNetworks.Create(nameof(Ranged), seed: 2, batchSize: 4);
        loaded.Noise[0].Range = 2f;
        saved.Save(File);
        Assert.DoesNotContain(".range", System.Text.Encoding.UTF8.GetString(System.IO.File.ReadAllBytes(File)), StringComparison.Ordinal);
        loaded.Load(File);
        Assert.Equal(saved.Parameters[0].Values, loaded.Parameters[0].Values);
        Assert.All(loaded.Noise, site => Assert.Null(site.Range));
    }

    /// <summary>A resumed run takes its ranges from the checkpoint, whatever ranges the network has by then.</summary>
    [Fact]
    public void ACancelledRunGoesOnWithItsRanges()
    {
        const int Images = 24, Batch = 4, Epochs = 3;
        float[] Train(string checkpoint, float? range, int? steps)
        {
            using NeuralNetwork network = DeclaredNetworks.Create(nameof(Ranged), seed: 3, batchSize: Batch);
            var random = new Random(1);
            float[] images = [.. Enumerable.Range(0, Images * network.Description.Input.Count).Select(_ => (float)random.Gaussian())];
            var batches = new FloatBatches(network.Description.Input, 4, images, random.Labels(Images, 4), Batch);
            foreach (NoiseSite site in network.Noise.Where(site => site.Description.Unit == SigmaUnit.Range)) site.Range = range;
            using var source = new CancellationTokenSource();
            var trainer = new Trainer(network, new Adam(1e-2f)) { Noise = NoiseSchedule.Constant(0.2f), Checkpoint = checkpoint };
            trainer.Progress = step => { if ((step.Epoch - 1) * Images / Batch + step.Batch == steps) source.Cancel(); };
            if (steps is null) trainer.Run(batches, Epochs);
            else Assert.Throws<OperationCanceledException>(() => trainer.Run(batches, Epochs, source.Token));
            return [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
        }

        float[] expected = Train(Path.Combine(_folder, "whole.safetensors"), 1.75f, null);
        Train(File, 1.75f, steps: 8);
        Assert.Equal(expected, Train(File, null, null));
        Assert.NotEqual(expected, Train(Path.Combine(_folder, "other.safetensors"), 1.5f, null));
    }

    [Fact]
    public void TheSummarySaysSo()
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(Ranged), batchSize: 4),
            steps = DeclaredNetworks.Create(nameof(QuantizedNoise), batchSize: 4);
        Assert.Contains("Additive in ranges (Linear, Norm, Activation)", network.Summary(), StringComparison.Ordinal);
        Assert.Contains("Additive (Linear), Additive in ranges (Activation)", network.Summary(), StringComparison.Ordinal);
        Assert.Contains("Additive in quantizer steps (Activation, Pool)", steps.Summary(), StringComparison.Ordinal);
    }
}
