using NoiseGen.Tests.Declared;

namespace NoiseGen.Tests.Properties;

/// <summary>
/// A loss that is not a finite number stops a training, reports where the values stopped being finite, and leaves the network and its
/// checkpoint unchanged.
/// </summary>
public sealed class DivergenceTests : IDisposable
{
    private const int Images = 40; // two blocks, the second partial

    private readonly string _folder = Directory.CreateTempSubdirectory("noisegen").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Networks =>
        [nameof(LeNet5Clean), nameof(LeNet5Both), nameof(NarrowResNet), nameof(NarrowNoisyResNet), nameof(NarrowDenseNet),
            nameof(Everything), nameof(PerChannelMlp)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void TheFirstStageThatIsNotFiniteIsNamed(string name)
    {
        using NeuralNetwork network = DeclaredNetworks.Create(name, batchSize: Images, threads: 2);
        Stage[] layers = [.. network.Stages.Where(stage => stage.Description.Linear is not null)];
        Stage third = layers[Math.Min(2, layers.Length - 1)], last = layers[^1];
        last.Weights.Values[0] = float.NaN; // later, and not the cause
        third.Weights.Values[^1] = float.PositiveInfinity;
        float[] before = Parameters(network);

        TrainingDivergedException error = Diverges(network, new Adam(1e-3f), epochs: 1);

        Assert.Equal((1, 1L, third.Name), (error.Epoch, error.Step, error.Stage));
        Assert.Contains($"stage {third.Name}: {third.Name}.weight is not finite", error.Message, StringComparison.Ordinal);
        Assert.Contains("before the first step", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Parameters(network));
        Assert.Equal(0u, network.Step);
    }

    [Fact]
    public void ALearningRateThatIsTooHighIsNamed()
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(LeNet5Clean), batchSize: Images, threads: 2);

        TrainingDivergedException error = Diverges(network, new Sgd(1e25f), epochs: 10);

        // The second convolution's sums, of products of two such numbers, overflow a float.
        Assert.Equal("Conv2", error.Stage);
        Assert.Contains(
            $"step {error.Step} (epoch {error.Epoch} of 10, batch 1 of 1); "
                + "the first values that are not finite are those of stage Conv2: its values outgrew", error.Message,
                    StringComparison.Ordinal);
        Assert.Contains("Try a learning rate below 1E+25.", error.Message, StringComparison.Ordinal);
        Assert.All(Parameters(network), value => Assert.True(float.IsFinite(value)));
        Assert.Equal((uint)error.Step - 1, network.Step);
    }

    /// <summary>In a step that collects scales, values are clipped at the percentiles of that step's batch, not at earlier ones.</summary>
    [Fact]
    public void AStageIsNamedWhileScalesAreCollected()
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(LearnedLeNet), batchSize: Images, threads: 2);
        foreach (Stage stage in network.Stages.Take(2)) stage.Weights.Values.Fill(1e20f);

        TrainingDivergedException error = Diverges(network, new Adam(1e-3f), epochs: 1);

        Assert.Equal("Conv2", error.Stage);
        Assert.Contains("stage Conv2: its values outgrew single precision", error.Message, StringComparison.Ordinal);
        Assert.Equal(1f, network.Stages[0].Quantizer.Maximum); // the diagnosis has not changed it
    }

    [Fact]
    public void InfiniteNoiseOfTheInputIsNamed()
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(LeNet5Noisy), batchSize: Images, threads: 1);
        network.Noise["Input"].TrainSigma = float.MaxValue;

        TrainingDivergedException error = Diverges(network, new Adam(1e-3f), epochs: 1);

        Assert.Equal("Input", error.Stage);
        Assert.Contains("the noise at the network's input is infinite", error.Message, StringComparison.Ordinal);
        Assert.Contains("training noise weaker than σ = 3.4E+38", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AStepWhoseLossIsNoNumberChangesNothing()
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(NarrowResNet), batchSize: Images);
        network.Parameters[^1].Values[0] = float.NaN;
        float[] before = All();
        var optimizer = new Adam(1e-3f);
        BatchSource batches = Batches(network);
        Assert.True(batches.MoveNext());

        Assert.False(float.IsFinite(network.TrainStep(batches, optimizer).Loss));

        Assert.Equal(before, All());
        Assert.Equal((0u, 0L), (network.Step, optimizer.Steps));

        float[] All() => [.. Parameters(network), .. network.Statistics.SelectMany(statistic => statistic.Values.ToArray())];
    }

    /// <summary>
    /// Gradients can overflow where the loss does not: a checkpoint must not be overwritten with a state from which nothing can be learned.
    /// </summary>
    [Fact]
    public void ACheckpointNeverKeepsWhatIsNotFinite()
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(NarrowResNet), batchSize: Images);
        string file = Path.Combine(_folder, "run.safetensors");
        byte[] before = [];
        var trainer = new Trainer(network, new Adam(1e-3f)) { Checkpoint = file };
        trainer.Progress = step =>
        {
            if (step.Epoch != 3) return;
            before = File.ReadAllBytes(file);
            network.Parameters[2].Values[0] = float.NegativeInfinity;
        };

        var error = Assert.Throws<TrainingDivergedException>(() => trainer.Run(Batches(network), 5));

        Assert.Equal((3, 3L), (error.Epoch, error.Step));
        Assert.Contains($"{network.Parameters[2].Name} is not finite any more after step 3", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(file));
        Assert.Equal([file], Directory.GetFiles(_folder));
        trainer.Progress = null;
        Assert.Equal(5, trainer.Run(Batches(network), 5).Epochs.Length);
    }

    private static TrainingDivergedException Diverges(NeuralNetwork network, Optimizer optimizer, int epochs) =>
        Assert.Throws<TrainingDivergedException>(() => new Trainer(network, optimizer).Run(Batches(network), epochs));

    private static FloatBatches Batches(NeuralNetwork network)
    {
        var random = new Random(3);
        float[] pixels = [.. Enumerable.Range(0, Images * network.Description.Input.Count).Select(_ => (float)random.Uniform(1))];
        return new FloatBatches(network.Description.Input, network.Classes, pixels, random.Labels(Images, network.Classes), Images);
    }

    private static float[] Parameters(NeuralNetwork network) => [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
}
