using Harden;

namespace NoiseGen.Tests;

/// <summary>The job with generated networks, on little data.</summary>
public class JobTests
{
    private static readonly Settings Small =
        SyntheticJob.Settings with { Network = NetworkChoice.Mlp, Epochs = 2, Batch = 64, Repeats = 2 };

    private static readonly DataSplit Data = Digits.Create(seed: 3, train: 640, test: 200);

    [Fact]
    public void Four_ways_are_trained_and_swept()
    {
        var progress = new Recorder();
        JobResult result = new Job(Small with { Epochs = 8, Sigma = 0.1f }, Data, progress, default).Run();
        Assert.Equal(Variant.All, result.Variants.Select(variant => variant.Variant));
        Assert.Equal(Variant.All, progress.Finished);
        Assert.Equal((4 * 8 * 10, 4 * (1 + 17 * 2)), (progress.Steps, progress.Evaluations));
        Assert.Equal((640, 200), (result.TrainImages, result.TestImages));
        Assert.All(result.Variants, variant =>
        {
            Assert.True(
                variant.Curve.NoiseFreeAccuracy > 0.3, $"{variant.Variant.Name} has learned nothing: {variant.Curve.NoiseFreeAccuracy}");
            // noise of 0.01 does nothing
            Assert.InRange(variant.Curve.Points[0].Mean, variant.Curve.NoiseFreeAccuracy - 0.05, variant.Curve.NoiseFreeAccuracy + 0.05);
            // noise of 100 leaves chance
            Assert.InRange(variant.Curve.Points[^1].Mean, 0, 0.25);
            Assert.True(variant.History.Epochs[^1].Loss < variant.History.Epochs[0].Loss);
            Assert.Contains("Hidden1", variant.NetworkSummary);
        });
    }

    [Fact]
    public void Several_seeds_are_trained_and_their_spread_is_the_error()
    {
        var progress = new Recorder();
        JobResult result = new Job(Small with { Epochs = 4, Seeds = 3, Seed = 5 }, Data, progress, default).Run();
        Assert.Equal([5UL, 6UL, 7UL], result.Variants[0].Trainings.Select(one => one.Seed));
        Assert.Equal([5UL, 6UL, 7UL], progress.Starts.Take(3).Select(start => start.Seed));
        VariantResult clean = result.Variants[0];
        JobResult alone = new Job(Small with { Epochs = 4, Seed = 6 }, Data, new Recorder(), default).Run();
        Assert.Equal(alone.Variants[0].Curve.Points.ToArray(), clean.Trainings[1].Curve.Points.ToArray());
        Assert.Equal(clean.Trainings.Average(one => one.Curve.Points[3].Mean), clean.Curve.Points[3].Mean, 1e-12);
        double[] midpoints = [.. clean.Trainings.Select(one => one.Midpoint!.Mu)];
        double mean = midpoints.Average();
        Assert.Equal(Math.Sqrt(midpoints.Sum(mu => (mu - mean) * (mu - mean)) / 2), clean.Midpoint!.StandardError, 1e-12);
        Assert.Equal(Math.Pow(midpoints[0] * midpoints[1] * midpoints[2], 1 / 3.0), clean.Midpoint.Mu, 1e-9);
        Assert.Contains("spread over these trainings", result.ErrorsText);
    }

    [Fact]
    public void Learning_curves_show_the_test_images_and_change_nothing()
    {
        JobResult result = Run(Small);
        Assert.All(
            result.Variants, variant => Assert.All(variant.History.Epochs, epoch => Assert.Equal(200, epoch.Validation!.Value.Count)));
        Assert.Equal(result.Variants[0].Curve.NoiseFreeAccuracy, result.Variants[0].History.Epochs[^1].Validation!.Value.Accuracy);
    }

    [Fact]
    public void Sites_are_measured_where_they_are_asked_for()
    {
        JobResult result = Run(Small with { Sites = true, Repeats = 1 });
        Assert.All(result.Variants, variant => Assert.Equal(
            ["Input", "Hidden1.Linear", "Hidden1.Norm", "Hidden1.Activation", "Hidden2.Linear", "Hidden2.Norm", "Hidden2.Activation",
                "Hidden3.Linear", "Hidden3.Norm", "Hidden3.Activation",
                "Logits.Linear"],
            variant.Sites.Select(site => site.Name)));
        Assert.All(Run(Small).Variants, variant => Assert.Empty(variant.Sites));
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        JobResult one = Run(Small with { Threads = 1 }), three = Run(Small with { Threads = 3 });
        foreach ((VariantResult a, VariantResult b) in one.Variants.Zip(three.Variants))
        {
            Assert.Equal(a.Curve.Points.ToArray(), b.Curve.Points.ToArray());
            Assert.Equal(a.History.Epochs.Select(epoch => (epoch.Loss, epoch.Accuracy)),
                b.History.Epochs.Select(epoch => (epoch.Loss, epoch.Accuracy)));
        }
    }

    [Fact]
    public void Settings_reach_the_training()
    {
        JobResult standard = Run(Small), stronger = Run(Small with { Sigma = 2f }), coarser = Run(Small with { Scale = 0.5f }),
            other = Run(Small with { Seed = 2 });
        AssertSameLosses([true, true, false, false], standard, stronger); // noise reaches the noisy variants alone
        AssertSameLosses([true, false, true, false], standard, coarser);  // the scale the quantized ones
        AssertSameLosses([false, false, false, false], standard, other);

        static void AssertSameLosses(bool[] same, JobResult a, JobResult b) =>
            Assert.Equal(same, a.Variants.Zip(b.Variants, (x, y) => x.History.Epochs[^1].Loss == y.History.Epochs[^1].Loss));
    }

    [Theory]
    [InlineData("lenet5", 1)]
    [InlineData("lenet5", 3)]
    [InlineData("mlp", 1)]
    [InlineData("mlp", 3)]
    [InlineData("densenet", 3)]
    public void Networks_fit_gray_and_colour_images(string network, int channels)
    {
        var shape = channels == 1 ? new Shape(1, 28, 28) : new Shape(3, 32, 32);
        var random = new Random(1);
        byte[] pixels = new byte[64 * shape.Count];
        random.NextBytes(pixels);
        var images = new ImageDataset("random", shape, 10, pixels, [.. Enumerable.Range(0, 64).Select(i => (byte)(i % 10))]);
        Settings settings = Small with { Network = Catalogue.All.Single(entry => entry.Name == network).Network,
            Data = channels == 1 ? DataChoice.Mnist : DataChoice.Cifar10, Epochs = 1, Repeats = 1 };
        JobResult result = new Job(settings, new DataSplit(images, images), new Recorder(), default).Run();
        Assert.All(result.Variants, variant => Assert.True(double.IsFinite(variant.History.Epochs[0].Loss)));
    }

    [Fact]
    public void Keywords_can_be_told_apart()
    {
        Settings settings =
            SyntheticJob.Settings with { Network = NetworkChoice.CnnS, Data = DataChoice.Keywords, Epochs = 3, Repeats = 1 };
        JobResult result = new Job(settings, Keywords.Create(seed: 1, train: 2400, test: 600), new Recorder(), default).Run();
        Assert.True(result.Variants[0].Curve.NoiseFreeAccuracy > 0.5,
            $"The clean network finds {result.Variants[0].Curve.NoiseFreeAccuracy:P1} of the words.");
    }

    [Fact]
    public void Keywords_are_the_same_for_the_same_seed_and_new_to_the_test()
    {
        DataSplit one = Keywords.Create(seed: 1, train: 24, test: 24), again = Keywords.Create(seed: 1, train: 24, test: 24),
            other = Keywords.Create(seed: 2, train: 24, test: 24);
        Assert.Equal(one.Train.Pixels.ToArray(), again.Train.Pixels.ToArray());
        Assert.NotEqual(one.Train.Pixels.ToArray(), other.Train.Pixels.ToArray());
        Assert.NotEqual(one.Train.Pixels.ToArray(), one.Test.Pixels.ToArray());
        Assert.Equal(Enumerable.Range(0, 24).Select(i => i % Keywords.Classes), one.Test.Labels.ToArray());
    }

    [Fact]
    public void Cancellation_stops_the_job()
    {
        using var source = new CancellationTokenSource();
        var progress = new Recorder { AfterStep = steps => { if (steps == 3) source.Cancel(); } };
        Assert.Throws<OperationCanceledException>(() => new Job(Small, Data, progress, source.Token).Run());
        Assert.Equal(3, progress.Steps);
    }

    [Fact]
    public void Sweep_of_a_network_puts_its_sigmas_back_and_repeats_itself()
    {
        using MlpGray network = MlpGray.Create(seed: 1, batchSize: 64, threads: 1);
        network.Noise.SetEvaluationSigma(0.25f);
        var test = new BatchLoader(Data.Test, 64);
        RobustnessCurve first = NoiseGen.Robustness.Sweep(network, test, [0.1f, 1f], repeats: 2),
            second = NoiseGen.Robustness.Sweep(network, test, [0.1f, 1f], repeats: 2);
        Assert.Equal((nameof(MlpGray), 10), (first.Name, first.Classes));
        Assert.Equal(first.Points.ToArray(), second.Points.ToArray());
        Assert.All(network.Noise, site => Assert.Equal(0.25f, site.EvaluationSigma));
    }

    [Fact]
    public void Walking_noise_and_devices_measure_a_network_and_leave_it_as_it_was()
    {
        using MlpGray network = MlpGray.Create(seed: 1, batchSize: 64, threads: 1);
        var trainer = new Trainer(network, new Adam(1e-3f));
        trainer.Run(new BatchLoader(Data.Train, 64), epochs: 2);
        var test = new BatchLoader(Data.Test, 64);
        (network.Noise[1].EvaluationSigma, network.Noise[1].Device) = (0.25f, 9);
        float[] sigmas = [0.01f, 100f];

        var walk = NoiseGen.Robustness.WalkingNoise(network, test, sigmas, repeats: 1);
        RobustnessCurve devices = NoiseGen.Robustness.SweepDevices(network, test, devices: 4, [0.5f, 2f]);

        Assert.Equal(network.Noise.Select(site => site.Name), walk.Select(curve => curve.Name));
        Assert.All(walk, curve =>
            Assert.True(curve.Points[0].Mean > 0.9 * curve.NoiseFreeAccuracy && curve.Points[1].Mean < curve.Points[0].Mean, curve.Name));
        Assert.InRange(devices.Points[0].Accuracies.Distinct().Count(), 2, 4);
        Assert.Equal(devices.Points.ToArray(), NoiseGen.Robustness.SweepDevices(network, test, devices: 4, [0.5f, 2f]).Points.ToArray());
        Assert.Equal((0.25f, 9u), (network.Noise[1].EvaluationSigma, network.Noise[1].Device));
        Assert.Null(network.Noise[0].Device);
    }

    [Fact]
    public void Training_a_network_allocates_nothing_in_its_steps()
    {
        using MlpGray network = MlpGray.Create(seed: 1, batchSize: 16, threads: 1);
        var trainer =
            new Trainer(network, new Adam(1e-3f)) { Noise = NoiseSchedule.Constant(0.5f), LearningRate = LearningRateSchedule.Cosine() };
        BatchLoader few = Loader(images: 160), many = Loader(images: 640);
        trainer.Run(many, 1);
        trainer.Run(few, 1);
        Assert.Equal(Allocated(few), Allocated(many));

        static BatchLoader Loader(int images) => new(Data.Train.Take(images), 16) { Shuffle = true };

        long Allocated(BatchLoader batches)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Run(batches, 1);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static JobResult Run(Settings settings) => new Job(settings, Data, new Recorder(), default).Run();

    private sealed class Recorder : IJobProgress
    {
        public int Steps { get; private set; }

        public int Evaluations { get; private set; }

        public List<Variant> Finished { get; } = [];

        public Action<int> AfterStep { get; init; } = _ => { };

        public List<TrainingStart> Starts { get; } = [];

        public void Began(Variant variant, TrainingStart start) => Starts.Add(start);

        public void Trained(Variant variant, TrainingProgress progress) => AfterStep(++Steps);

        public void Swept(Variant variant, SweepProgress progress) => Evaluations++;

        void IJobProgress.Finished(VariantResult result) => Finished.Add(result.Variant);
    }
}
