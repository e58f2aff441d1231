namespace NoiseGen.Runtime.Tests.Storage;

/// <summary>A network without quantizers, one with constant scales and one with learned ones load each other's files.</summary>
public sealed class QuantizedLoadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("noisegen").FullName;

    private string File => Path.Combine(_folder, "net.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AMissingConstantScaleIsKept()
    {
        using var clean = new FloatNet(seed: 1);
        using var quantized = new QuantizedNet(seed: 2);
        quantized.Normed.Quantizer.Scale = 0.125f;
        clean.Save(File);

        LoadResult result = quantized.Load(File);

        Assert.Equal(clean.Parameters.Count + clean.Statistics.Count, result.Loaded.Length);
        Assert.Equal(["Hidden.quantizer.scale", "Normed.quantizer.scale"],
            result.Missing.Where(name => name.EndsWith(".scale", StringComparison.Ordinal)));
        Assert.All(result.Missing.Where(name => !name.EndsWith(".scale", StringComparison.Ordinal)),
            name => Assert.Matches(@"\.(weight_)?quantizer\.bits$", name));
        Assert.Equal(clean.Hidden.Weights.Values, quantized.Hidden.Weights.Values);
        Assert.Equal((0.25f, 0.125f), (quantized.Hidden.Quantizer.Scale, quantized.Normed.Quantizer.Scale));
    }

    [Fact]
    public void AMissingLearnedScaleIsCollectedAgain()
    {
        using var clean = new FloatNet(seed: 1);
        using var learned = new LearnedNet(seed: 2);
        Train(learned);
        float before = learned.Hidden.Quantizer.Maximum;
        learned.Noise[0].Range = 3f;
        clean.Save(File);

        LoadResult result = learned.Load(File);

        Assert.Contains("Hidden.quantizer.maximum", result.Missing);
        Assert.Contains("Hidden.quantizer.steps", result.Missing);
        Assert.All(Steps(learned), steps => Assert.Equal(0f, steps));
        Assert.Equal(1f, learned.Hidden.Quantizer.Maximum);
        Assert.Null(learned.Noise[0].Range);
        Train(learned);
        Assert.All(Steps(learned), steps => Assert.Equal(1f, steps));
        Assert.NotEqual(before, learned.Hidden.Quantizer.Maximum);
        Assert.NotEqual(1f, learned.Hidden.Quantizer.Maximum);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ANetworkWithoutQuantizersLoadsAFileWithThem(bool learns)
    {
        using NeuralNetwork quantized = learns ? new LearnedNet(seed: 2) : new QuantizedNet(seed: 2);
        using var clean = new FloatNet(seed: 1);
        quantized.Noise.ToList().ForEach(site => site.Range = 2f);
        quantized.Save(File);

        LoadResult result = clean.Load(File);

        Assert.Empty(result.Missing);
        Assert.All(result.Unused, name => Assert.Matches(@"\.((weight_)?quantizer\.\w+|range)$", name));
        int bits = quantized.Stages.Sum(
            stage => (stage.Description.WeightQuantizer is null ? 0 : 1) + (stage.Description.ActivationQuantizer is null ? 0 : 1));
        Assert.Equal(bits + (learns ? 4 + quantized.Noise.Count : 2), result.Unused.Length);
        Assert.Equal(quantized.Stages[0].Weights.Values, clean.Hidden.Weights.Values);
    }

    /// <summary>Half of a learned scale would never be collected.</summary>
    [Fact]
    public void ALearnedScaleWithoutItsStepsIsCollectedAgain()
    {
        using var saved = new LearnedNet(seed: 1);
        using var learned = new LearnedNet(seed: 2);
        Train(saved);
        saved.Save(File);

        LoadResult result = learned.Load(File, new() { Rename = name => name == "Hidden.quantizer.maximum" ? null : name });

        Assert.Equal(["Hidden.quantizer.maximum", "Hidden.quantizer.steps"],
            result.Missing.Where(name => name.StartsWith("Hidden.quantizer", StringComparison.Ordinal)));
        Assert.Equal([0f, 1f], Steps(learned));
    }

    [Fact]
    public void WeightsHaveToBeThere()
    {
        using var quantized = new QuantizedNet(seed: 2);
        quantized.Save(File);
        using var clean = new FloatNet(seed: 1);
        LoadOptions without = new() { Rename = name => name == "Normed.norm.running_mean" ? null : name };
        Assert.Contains("it has no tensor 'Normed.norm.running_mean'", Assert.Throws<CheckpointException>(() => clean.Load(File, without))
            .Message, StringComparison.Ordinal);
        Assert.Equal(["Normed.norm.running_mean"], clean.Load(File, without with { Strict = false }).Missing.AsEnumerable());
    }

    private static float[] Steps(NeuralNetwork network) =>
        [.. network.Statistics.Where(one => one.Name.EndsWith("steps", StringComparison.Ordinal)).Select(one => one.Values[0])];

    private static void Train(NeuralNetwork network)
    {
        var random = new Random(1);
        float[] images = [.. Enumerable.Range(0, 24 * 6).Select(_ => (float)random.NextDouble())];
        network.TrainStep(images, [.. Enumerable.Range(0, 24).Select(image => image % 3)], new Adam(1e-3f));
    }
}
