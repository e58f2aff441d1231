using NoiseGen.Runtime.Tests.Lifetime;

namespace NoiseGen.Runtime.Tests.Training;

/// <summary>What a progress callback may do, and that it does not affect the training.</summary>
public sealed class ProgressTests : IDisposable
{
    private const int Epochs = 3;

    private readonly string _file = Path.GetTempFileName();
    private readonly Tiny _network = TinyData.Network();
    private readonly FloatBatches _train = TinyData.Source(), _test = TinyData.Source();

    public void Dispose()
    {
        _network.Dispose();
        File.Delete(_file);
    }

    [Fact]
    public void EveryReportArrivesOnTheCallersThreadBeforeRunReturns()
    {
        var reports = new List<(int Thread, int Epoch, int Batch)>();
        Trainer trainer = TinyData.Trainer(_network);
        trainer.Progress = step => reports.Add((Environment.CurrentManagedThreadId, step.Epoch, step.Batch));

        trainer.Run(_train, Epochs);

        int here = Environment.CurrentManagedThreadId;
        Assert.Equal([.. Enumerable.Range(0, Epochs * TinyData.Batches).Select(Report)], reports);

        (int, int, int) Report(int step) => (here, step / TinyData.Batches + 1, step % TinyData.Batches + 1);
    }

    [Fact]
    public void TheNetworkMayBeAskedBetweenSteps()
    {
        using Tiny alone = TinyData.Network();
        TinyData.Trainer(alone).Run(TinyData.Source(), Epochs);
        Trainer trainer = TinyData.Trainer(_network);
        int sweeps = 0;
        trainer.Progress = step =>
        {
            _network.Evaluate(_test);
            _network.Forward(_test, draw: 3);
            _network.Save(_file);
            if (step.IsEpochEnd) Robustness.Sweep(_network, _test, [0.1f, 1f], repeats: 2, _ => sweeps++);
        };

        trainer.Run(_train, Epochs);

        Assert.Equal(TinyData.Parameters(alone), TinyData.Parameters(_network));
        Assert.Equal(Epochs * (1 + 2 * 2), sweeps);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(TinyData.Batches - 1)]
    public void AnEvaluationOnTheSourceThatIsTrainedOnIsFound(int batch)
    {
        Trainer trainer = TinyData.Trainer(_network);
        trainer.Progress = step => { if (step.Batch == batch) _network.Evaluate(_train); };

        var error = Assert.Throws<InvalidOperationException>(() => trainer.Run(_train, Epochs));

        Assert.Contains($"had {TinyData.Batches} batches before the training, and {batch} in epoch 1", error.Message);
        Assert.Contains("a source of its own", error.Message);
    }

    [Fact]
    public void AnotherThreadIsRefusedAndDisturbsNothing()
    {
        using Tiny alone = TinyData.Network();
        TinyData.Trainer(alone).Run(TinyData.Source(), Epochs);
        Trainer trainer = TinyData.Trainer(_network);
        Exception?[] refusals = [];
        trainer.Progress = _ =>
            refusals = [.. refusals, .. OnAnotherThread(() => _network.Evaluate(_test)), .. OnAnotherThread(() => trainer.Run(_test, 1))];

        trainer.Run(_train, Epochs);

        Assert.Equal(2 * Epochs * TinyData.Batches, refusals.Length);
        Assert.All(refusals, refusal => Assert.IsType<InvalidOperationException>(refusal));
        Assert.Contains("Tiny is in use by a training on another thread, also between its steps", refusals[0]!.Message);
        Assert.Contains("This trainer is running already", refusals[1]!.Message);
        Assert.Equal(TinyData.Parameters(alone), TinyData.Parameters(_network));
        Assert.Equal([null], OnAnotherThread(() => _network.Evaluate(_test)));
    }

    /// <summary>Threads that call all the time hit steps and the moments between them.</summary>
    [Fact]
    public async Task ThreadsThatKeepAskingNeverEndATraining()
    {
        using var source = new CancellationTokenSource();
        Task[] askers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            while (!source.IsCancellationRequested)
            {
                try
                {
                    _network.Forward(new float[8], new float[4]);
                }
                catch (InvalidOperationException refusal) when (refusal.Message.Contains("is in use by", StringComparison.Ordinal))
                {
                }
            }
        }))];
        for (int run = 0; run < 20; run++)
        {
            // A calling thread may be first: then the run is refused before it has done anything.
            for (bool hasRun = false; !hasRun;)
            {
                uint steps = _network.Step;
                Exception? refusal = Record.Exception(() => TinyData.Trainer(_network).Run(_train, Epochs));
                hasRun = refusal is null;
                if (!hasRun) Assert.Contains("is in use by another call", Assert.IsType<InvalidOperationException>(refusal).Message);
                Assert.Equal(steps + (hasRun ? Epochs * TinyData.Batches : 0u), _network.Step);
            }
        }

        await source.CancelAsync();
        await Task.WhenAll(askers);
    }

    [Fact]
    public void AnExceptionInTheCallbackEndsTheRunAfterTheStep()
    {
        Trainer trainer = TinyData.Trainer(_network);
        trainer.Progress = step => { if (step is { Epoch: 2, Batch: 1 }) throw new InvalidDataException("Enough."); };

        Assert.Equal("Enough.", Assert.Throws<InvalidDataException>(() => trainer.Run(_train, Epochs)).Message);

        Assert.Equal(TinyData.Batches + 1u, _network.Step);
        trainer.Progress = null;
        Assert.Equal(Epochs, trainer.Run(_train, Epochs).Epochs.Length);
        Assert.Equal([null], OnAnotherThread(() => _network.Evaluate(_test)));
    }

    [Fact]
    public void ARunInsideItsOwnCallbackIsRefused()
    {
        Trainer trainer = TinyData.Trainer(_network);
        trainer.Progress = _ => trainer.Run(_test, 1);
        Assert.Contains("running already", Assert.Throws<InvalidOperationException>(() => trainer.Run(_train, Epochs)).Message);
    }

    [Fact]
    public void DisposeFromAnotherThreadEndsTheRunAfterTheStep()
    {
        Trainer trainer = TinyData.Trainer(_network);
        trainer.Progress = _ => Assert.Equal([null], OnAnotherThread(_network.Dispose));
        Assert.Throws<ObjectDisposedException>(() => trainer.Run(_train, Epochs));
        Assert.Equal(1u, _network.Step);
    }

    [Fact]
    public void ATeacherAndASweptNetworkAreKeptLikewise()
    {
        using Tiny teacher = TinyData.Network();
        Trainer trainer = TinyData.Trainer(_network);
        trainer.Distillation = new Distillation(teacher);
        Exception?[] refusals = [];
        trainer.Progress = _ => refusals = [.. refusals, .. OnAnotherThread(() => teacher.Evaluate(_test))];
        trainer.Run(_train, 1);
        Assert.Equal(TinyData.Batches, refusals.Length);
        AssertRefused(refusals, "in use by a training that it teaches on another thread");

        refusals = [];
        Robustness.WalkingNoise(_network, _test, [0.1f], repeats: 1, Ask);
        Assert.Equal(1 + _network.Noise.Count, refusals.Length);
        AssertRefused(refusals, "in use by a robustness measurement on another thread");
        Assert.Equal([null, null], [.. OnAnotherThread(() => teacher.Evaluate(_test)), .. OnAnotherThread(() => _network.Evaluate(_test))]);

        void Ask(SweepProgress step) => refusals = [.. refusals, .. OnAnotherThread(() => _network.Evaluate(_test))];
    }

    private static void AssertRefused(Exception?[] refusals, string reason) =>
        Assert.All(refusals, refusal => Assert.Contains(reason, Assert.IsType<InvalidOperationException>(refusal).Message));

    // The exception of a call there; null if none.
    private static Exception?[] OnAnotherThread(Action call)
    {
        Exception? thrown = null;
        var thread = new Thread(() => thrown = Record.Exception(call));
        thread.Start();
        thread.Join();
        return [thrown];
    }
}
