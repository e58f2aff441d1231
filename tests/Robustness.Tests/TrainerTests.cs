namespace NoiseGen.Tests;

public sealed class TrainerTests : IDisposable
{
    private readonly TwoSites _network = new(seed: 1, batchSize: 4, threads: 1);
    private readonly FakeOptimizer _optimizer = new(0.125f);
    private readonly FakeBatches _batches = new(4, 4, 2);

    [Fact]
    public void History_has_the_means_of_each_epoch()
    {
        float loss = 8f;
        TrainingHistory history = Trainer((batches, _) => new StepResult(loss /= 2, batches.Count / 2, batches.Count)).Run(_batches, 2);
        Assert.Equal([1, 2], history.Epochs.Select(epoch => epoch.Number));
        Assert.Equal((4 * 4 + 4 * 2 + 2 * 1) / 10.0, history.Epochs[0].Loss, 1e-12); // losses 4, 2, 1 of 4, 4 and 2 images
        Assert.Equal((4 * 0.5 + 4 * 0.25 + 2 * 0.125) / 10.0, history.Epochs[1].Loss, 1e-12);
        Assert.All(history.Epochs, epoch => Assert.Equal((0.5, 10, 0.125f), (epoch.Accuracy, epoch.Images, epoch.LearningRate)));
    }

    [Fact]
    public void Each_epoch_starts_the_source_with_its_number()
    {
        Trainer(Learn).Run(_batches, 3);
        Assert.Equal([0, 1, 2], _batches.Epochs.TakeLast(3));
    }

    [Fact]
    public void Progress_tells_every_step_speed_and_time_left()
    {
        var clock = new ManualClock();
        var seen = new List<TrainingProgress>();
        var trainer = new Trainer(_network, _optimizer, (batches, optimizer) =>
        {
            clock.Advance(TimeSpan.FromSeconds(2));
            return Learn(batches, optimizer);
        })
        { Clock = clock, Progress = seen.Add };

        TrainingHistory history = trainer.Run(_batches, 2);
        Assert.Equal([(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)], seen.Select(p => (p.Epoch, p.Batch)));
        Assert.Equal([10, 8, 6, 4, 2, 0], seen.Select(p => p.TimeLeft.TotalSeconds));
        Assert.Equal([2.0, 2.0, 10 / 6.0], seen.Take(3).Select(p => p.ImagesPerSecond), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal([false, false, true], seen.Take(3).Select(p => p.IsEpochEnd));
        Assert.Equal((0.5, 1.0), (seen[2].Fraction, seen[5].Fraction));
        Assert.Equal((TimeSpan.FromSeconds(12), 20 / 12.0), (history.Duration, history.ImagesPerSecond));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_loss_that_diverges_stops_the_run(float loss)
    {
        int step = 0;
        var trainer = Trainer((batches, _) => new StepResult(++step == 5 ? loss : 1f, 0, batches.Count));
        trainer.Noise = NoiseSchedule.Constant(3f);
        var exception = Assert.Throws<TrainingDivergedException>(() => trainer.Run(_batches, 4));
        Assert.Equal((5, 2, 5L), (step, exception.Epoch, exception.Step));
        Assert.Contains("step 5 (epoch 2 of 4, batch 2 of 3)", exception.Message);
        Assert.Contains("learning rate below 0.125", exception.Message);
        Assert.Contains("σ = 3", exception.Message);
    }

    [Fact]
    public void Constant_noise_reaches_every_site()
    {
        _network.B.Noise.Linear.EvaluationSigma = 9f;
        var trainer = Trainer(Learn);
        trainer.Noise = NoiseSchedule.Constant(0.5f);
        trainer.Run(_batches, 1);
        Assert.All(_network.Noise, site => Assert.Equal(0.5f, site.TrainSigma));
        Assert.Equal((0f, 9f), (_network.A.Noise.Linear.EvaluationSigma, _network.B.Noise.Linear.EvaluationSigma));
    }

    [Fact]
    public void A_noise_schedule_without_a_site_to_serve_is_refused()
    {
        using var silent = new NoSites(seed: 1, batchSize: 4, threads: 1);
        var trainer = new Trainer(silent, new Sgd(0.1f), Learn) { Noise = NoiseSchedule.Constant(0.5f) };
        Assert.Contains("[Noise<…>]", Assert.Throws<InvalidOperationException>(() => trainer.Run(_batches, 1)).Message);
        Assert.Throws<ArgumentNullException>(() => new Trainer(null!, new Sgd(0.1f)));
    }

    [Fact]
    public void Without_a_schedule_the_sites_keep_their_own()
    {
        _network.B.Noise.Linear.TrainSigma = 0.7f;
        Trainer(Learn).Run(_batches, 1);
        Assert.Equal([0f, 0.7f], _network.Noise.Select(site => site.TrainSigma));
    }

    [Fact]
    public void A_schedule_is_asked_before_each_epoch()
    {
        var sigmas = new List<float>();
        var trainer = Trainer((batches, optimizer) =>
        {
            sigmas.Add(_network.A.Noise.Linear.TrainSigma);
            return Learn(batches, optimizer);
        });
        trainer.Noise = new Ramp();
        trainer.Run(new FakeBatches(1, 1), 4);
        Assert.Equal([0.25f, 0.25f, 0.5f, 0.5f, 0.75f, 0.75f, 1f, 1f], sigmas);
    }

    [Fact]
    public void The_learning_rate_runs_from_step_to_step_and_is_put_back()
    {
        (List<float> rates, TrainingHistory history) = RatesOf(LearningRateSchedule.CosineByStep());
        // 0.125 · (1 + cos(π·t/2)) / 2 at the times 0, ½, 1 and 1½ of two epochs
        Assert.Equal([0.125, 0.125 * (1 + Math.Sqrt(0.5)) / 2, 0.0625, 0.125 * (1 - Math.Sqrt(0.5)) / 2],
            rates.Select(rate => (double)rate), (a, b) => Math.Abs(a - b) < 1e-7);
        Assert.Equal([rates[1], rates[3]], history.Epochs.Select(epoch => epoch.LearningRate));
        Assert.Equal(0.125f, _optimizer.LearningRate);
    }

    /// <summary>As PyTorch's CosineAnnealingLR whose step() is called once an epoch.</summary>
    [Fact]
    public void The_cosine_falls_from_epoch_to_epoch()
    {
        (List<float> rates, TrainingHistory history) = RatesOf(LearningRateSchedule.Cosine());
        Assert.Equal([0.125f, 0.125f, 0.0625f, 0.0625f], rates);
        Assert.Equal([0.125f, 0.0625f], history.Epochs.Select(epoch => epoch.LearningRate));
    }

    private (List<float> Rates, TrainingHistory History) RatesOf(LearningRateSchedule schedule)
    {
        var rates = new List<float>();
        var trainer = Trainer((batches, optimizer) =>
        {
            rates.Add(optimizer.LearningRate);
            return Learn(batches, optimizer);
        });
        trainer.LearningRate = schedule;
        return (rates, trainer.Run(new FakeBatches(1, 1), 2));
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_sigma_out_of_range_is_refused(float sigma) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NoiseSchedule.Constant(sigma));

    [Fact]
    public void Cancellation_stops_between_steps()
    {
        using var source = new CancellationTokenSource();
        int steps = 0;
        var trainer = Trainer((batches, optimizer) =>
        {
            if (++steps == 4) source.Cancel();
            return Learn(batches, optimizer);
        });
        Assert.Throws<OperationCanceledException>(() => trainer.Run(_batches, 5, source.Token));
        Assert.Equal(4, steps);
    }

    [Fact]
    public void Nothing_to_train_on_is_an_error()
    {
        Assert.Throws<ArgumentException>(() => Trainer(Learn).Run(new FakeBatches(), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Trainer(Learn).Run(_batches, 0));
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var trainer = Trainer(Learn);
        trainer.Noise = NoiseSchedule.Constant(1f);
        trainer.Progress = _ => { };
        var few = new FakeBatches([.. Enumerable.Repeat(4, 10)]);
        var many = new FakeBatches([.. Enumerable.Repeat(4, 1000)]);
        trainer.Run(many, 1);
        trainer.Run(few, 1);
        Assert.Equal(Allocated(few), Allocated(many));

        long Allocated(FakeBatches batches)
        {
            batches.Epochs.Clear();
            long before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Run(batches, 1);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private Trainer Trainer(Func<BatchSource, Optimizer, StepResult> step) => new(_network, _optimizer, step);

    public void Dispose() => _network.Dispose();

    private static StepResult Learn(BatchSource batches, Optimizer optimizer) => new(1f, 0, batches.Count);

    private sealed class Ramp : NoiseSchedule
    {
        public override float SigmaAt(int epoch, int epochs) => (epoch + 1f) / epochs;
    }
}
