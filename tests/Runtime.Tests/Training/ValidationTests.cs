using NoiseGen.Runtime.Tests.Data;
using NoiseGen.Runtime.Tests.Lifetime;

namespace NoiseGen.Runtime.Tests.Training;

/// <summary>Validation, early stopping, the best weights and the history of runs that were stopped.</summary>
public sealed class ValidationTests : IDisposable
{
    private const int Epochs = 6;

    private readonly TemporaryFolder _folder = new();
    private readonly Tiny _network = TinyData.Network();

    public void Dispose()
    {
        _network.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void EveryEpochIsValidatedAndNothingOfTheTrainingChanges()
    {
        using Tiny alone = TinyData.Network();
        TinyData.Trainer(alone).Run(TinyData.Source(), Epochs);
        Trainer trainer = Validated();
        List<EpochResult> told = [];
        trainer.EpochEnded = told.Add;

        TrainingHistory history = trainer.Run(TinyData.Source(), Epochs);

        Assert.Equal(TinyData.Parameters(alone), TinyData.Parameters(_network));
        Assert.Equal(history.Epochs.ToArray(), told);
        Assert.All(history.Epochs, epoch => Assert.Equal(Samples(), epoch.Validation!.Value.Count));
        Assert.Equal(_network.Evaluate(Held()), history.Epochs[^1].Validation);
        Assert.Contains("validation", history.ToString());
    }

    [Fact]
    public void ARunStopsWhenItIsToldTo()
    {
        Trainer trainer = Validated();
        trainer.StopWhen = history => history.Epochs.Length == 3;
        Assert.Equal(3, trainer.Run(TinyData.Source(), Epochs).Epochs.Length);
    }

    [Theory]
    [InlineData(2, 0.0, 5.0, 4.0, 3.0, 3.0, 3.0, 2.0)]
    [InlineData(2, 0.5, 5.0, 4.8, 4.6, 1.0)]
    [InlineData(1, 0.0, 5.0, 6.0, 1.0)]
    [InlineData(3, 0.0, 5.0, double.NaN, 6.0, 6.0, 1.0)]
    public void PatienceCountsEpochsThatAreNoBetterThanTheBest(int patience, double margin, params double[] losses)
    {
        // Stops before the last of them.
        Func<TrainingHistory, bool> rule = EarlyStopping.Patience(patience, TrainingMetric.Loss, margin);
        int stopped = Enumerable.Range(1, losses.Length).First(epochs => epochs == losses.Length || rule(Of(losses[..epochs])));
        Assert.Equal(losses.Length - 1, stopped);

        static TrainingHistory Of(double[] losses) =>
            new([.. losses.Select((loss, i) => new EpochResult(i + 1, loss, 0.5, 0.1f, 10, TimeSpan.Zero))]);
    }

    [Fact]
    public void PatienceByAccuracyWantsMore()
    {
        Func<TrainingHistory, bool> rule = EarlyStopping.Patience(1, TrainingMetric.Accuracy);
        Assert.False(rule(Of(0.1, 0.2, 0.3)));
        Assert.True(rule(Of(0.1, 0.2, 0.1)));

        static TrainingHistory Of(params double[] accuracies) =>
            new([.. accuracies.Select((accuracy, i) => new EpochResult(i + 1, 1, accuracy, 0.1f, 10, TimeSpan.Zero))]);
    }

    [Fact]
    public void PatienceWithoutAValidationSaysSo()
    {
        Trainer trainer = TinyData.Trainer(_network);
        trainer.StopWhen = EarlyStopping.Patience(1_000);
        Assert.Contains(
            "set Trainer.Validation", Assert.Throws<InvalidOperationException>(() => trainer.Run(TinyData.Source(), Epochs)).Message);
    }

    [Fact]
    public void TheBestEpochsWeightsAreKeptAndRestored()
    {
        string best = _folder.File("best.safetensors");
        Trainer trainer = TinyData.Trainer(_network);
        (trainer.Validation, trainer.BestWeights) = (Contrary(), best);
        List<float[]> parameters = [];
        trainer.EpochEnded = _ => parameters.Add(TinyData.Parameters(_network));
        TrainingHistory history = trainer.Run(TinyData.Source(), Epochs);

        int number = history.Best(TrainingMetric.ValidationLoss).Number;
        Assert.InRange(number, 1, Epochs - 1); // the last one is not the best, or this shows nothing
        Assert.Equal(parameters[^1], TinyData.Parameters(_network));
        using Tiny loaded = TinyData.Network();
        loaded.Load(best);
        Assert.Equal(parameters[number - 1], TinyData.Parameters(loaded));

        using Tiny restored = TinyData.Network();
        Trainer again = TinyData.Trainer(restored);
        (again.Validation, again.BestWeights, again.RestoreBest) = (Contrary(), best, true);
        again.Run(TinyData.Source(), Epochs);
        Assert.Equal(parameters[number - 1], TinyData.Parameters(restored));
    }

    [Fact]
    public void WhatDoesNotGoTogetherIsRefused()
    {
        string file = _folder.File("one.safetensors");
        AssertRefused<InvalidOperationException>("BestWeights", trainer => trainer.RestoreBest = true);
        AssertRefused<InvalidOperationException>(
            "no Validation", trainer => (trainer.BestWeights, trainer.BestBy) = (file, TrainingMetric.ValidationAccuracy));
        AssertRefused<InvalidOperationException>(
            "both Checkpoint and BestWeights", trainer => (trainer.BestWeights, trainer.Checkpoint) = (file, file));
        AssertRefused<ArgumentException>("labels, and the validation's targets",
            trainer => trainer.Validation = new FloatBatches(new Shape(8), new float[8], new float[4], 1));
        AssertRefused<ArgumentException>(
            "takes images of 8", trainer => trainer.Validation = new FloatBatches(new Shape(9), 4, new float[9], new int[1], 1));
        AssertRefused<IOException>("nowhere", trainer => trainer.BestWeights = Path.Combine(_folder.Path, "nowhere", "best"));
        FloatBatches source = TinyData.Source();
        Trainer both = TinyData.Trainer(_network);
        both.Validation = source;
        Assert.Contains("a source of its own", Assert.Throws<ArgumentException>(() => both.Run(source, 1)).Message);
    }

    [Fact]
    public void ARunThatWasCancelledHasItsHistoryAndGoesOnWithIt()
    {
        using Tiny whole = TinyData.Network();
        TrainingHistory expected = Run(whole, "whole", null);
        using var source = new CancellationTokenSource();
        Trainer trainer = Validated();
        trainer.Checkpoint = _folder.File("stopped");
        trainer.BestWeights = _folder.File("stopped.best");
        trainer.Progress = step => { if (step is { Epoch: 3, Batch: 2 }) source.Cancel(); };

        Assert.Throws<OperationCanceledException>(() => trainer.Run(TinyData.Source(), Epochs, source.Token));

        Assert.Equal(2, trainer.History.Epochs.Length);
        AssertSame(expected.Epochs.Take(2), trainer.History.Epochs);
        AssertSame(expected.Epochs.Take(2), TrainingHistory.Load(_folder.File("stopped")).Epochs);
        using Tiny resumed = TinyData.Network();
        AssertSame(expected.Epochs, Run(resumed, "stopped", null).Epochs);
        Assert.Equal(TinyData.Parameters(whole), TinyData.Parameters(resumed));
        Assert.Equal(File.ReadAllBytes(_folder.File("whole.best")), File.ReadAllBytes(_folder.File("stopped.best")));
    }

    [Fact]
    public void ARunThatWasStoppedEarlyIsNotGoneOnWith()
    {
        Func<TrainingHistory, bool> rule = history => history.Epochs.Length == 2;
        TrainingHistory first = Run(_network, "early", rule);
        using Tiny again = TinyData.Network();
        AssertSame(first.Epochs, Run(again, "early", rule).Epochs);
        Assert.Equal(TinyData.Parameters(_network), TinyData.Parameters(again));
    }

    [Fact]
    public void AFileThatTellsOfNoEpochsIsNamed()
    {
        _network.Save(_folder.File("network"));
        Assert.Contains(
            "no training's checkpoint", Assert.Throws<CheckpointException>(() => TrainingHistory.Load(_folder.File("network"))).Message);
    }

    private TrainingHistory Run(Tiny network, string name, Func<TrainingHistory, bool>? stop)
    {
        Trainer trainer = Validated(network);
        (trainer.Checkpoint, trainer.BestWeights, trainer.StopWhen) = (_folder.File(name), _folder.File($"{name}.best"), stop);
        return trainer.Run(TinyData.Source(), Epochs);
    }

    private static void AssertSame(IEnumerable<EpochResult> expected, IEnumerable<EpochResult> actual) =>
        Assert.Equal(
            expected.Select(epoch => epoch with { Duration = default }), actual.Select(epoch => epoch with { Duration = default }));

    private void AssertRefused<TException>(string message, Action<Trainer> set)
        where TException : Exception
    {
        Trainer trainer = TinyData.Trainer(_network);
        set(trainer);
        Assert.Contains(message, Assert.Throws<TException>(() => trainer.Run(TinyData.Source(), 1)).Message);
    }

    private Trainer Validated() => Validated(_network);

    private static Trainer Validated(Tiny network)
    {
        Trainer trainer = TinyData.Trainer(network);
        trainer.Validation = Held();
        return trainer;
    }

    // Other images, whose labels have nothing to do with those that are trained on: their accuracy goes up and down.
    private static FloatBatches Held() => new(
        new Shape(8), classes: 4, Enumerable.Range(0, Samples() * 8).Select(i => i * 7 % 23 / 23f).ToArray(),
        Enumerable.Range(0, Samples()).Select(i => i * i % 4).ToArray(), batchSize: 16);

    // What is trained on, with other labels: the more is learned, the worse.
    private static FloatBatches Contrary() => new(
        new Shape(8), classes: 4, Enumerable.Range(0, 160 * 8).Select(i => i % 29 / 29f).ToArray(),
        Enumerable.Range(1, 160).Select(i => i % 4).ToArray(), batchSize: 32);

    private static int Samples() => 45;
}
