using NoiseGen.Storage;

namespace NoiseGen;

/// <summary>Keeps the network of the best epoch in a file.</summary>
internal sealed class BestEpoch
{
    private readonly NeuralNetwork _network;
    private readonly string _path;
    private readonly TrainingMetric _by;

    private BestEpoch(NeuralNetwork network, string path, TrainingMetric by) => (_network, _path, _by) = (network, path, by);

    /// <summary>The best-epoch settings of a trainer, checked together with its validation; null if nothing is to be kept.</summary>
    /// <exception cref="InvalidOperationException">The settings contradict each other.</exception>
    /// <exception cref="ArgumentException">The validation source is not usable.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static BestEpoch? Of(Trainer trainer, BatchSource batches, NeuralNetwork network)
    {
        if (trainer.Validation is { } validation) Check(validation, batches, network);
        if (trainer.BestWeights is not { } path)
        {
            return trainer.RestoreBest
                ? throw new InvalidOperationException(
                    $"{nameof(Trainer.RestoreBest)} needs a file to keep the best epoch's network in: set {nameof(Trainer.BestWeights)}.")
                : null;
        }

        TrainingMetric by = trainer.BestBy ?? (trainer.Validation is null ? TrainingMetric.Loss : TrainingMetric.ValidationLoss);
        if (by.NeedsValidation() && trainer.Validation is null)
            throw new InvalidOperationException($"{nameof(Trainer.BestBy)} is {by}, but the trainer has no {nameof(Trainer.Validation)}.");
        if (by is TrainingMetric.Accuracy or TrainingMetric.ValidationAccuracy && batches.Targets > 0)
            throw new InvalidOperationException($"{nameof(Trainer.BestBy)} is {by}, but the data have targets, and so a loss alone.");
        if (trainer.Checkpoint is { } checkpoint && Path.GetFullPath(checkpoint) == Path.GetFullPath(path))
            throw new InvalidOperationException($"{path} cannot be both {nameof(Trainer.Checkpoint)} and {nameof(Trainer.BestWeights)}.");
        WholeFile.Check(path);
        return new BestEpoch(network, path, by);
    }

    /// <summary>Saves the network if the epoch that has just ended is the best so far.</summary>
    public void Keep(TrainingHistory history)
    {
        double best = double.NaN;
        foreach (EpochResult epoch in history.Epochs.SkipLast(1))
        {
            if (_by.IsBetter(_by.Of(epoch), best)) best = _by.Of(epoch);
        }

        if (_by.IsBetter(_by.Of(history.Epochs[^1]), best)) _network.Save(_path);
    }

    /// <summary>Restores the saved network.</summary>
    public void Restore() => _network.Load(_path);

    private static void Check(BatchSource validation, BatchSource batches, NeuralNetwork network)
    {
        if (ReferenceEquals(validation, batches))
            throw new ArgumentException(
                "The validation needs a source of its own: one and the same cannot be in the middle of a training and start anew.",
                nameof(validation));
        if (validation.Targets > 0 != batches.Targets > 0)
            throw new ArgumentException(
                $"The training data have {Kind(batches)}, and the validation's {Kind(validation)}.", nameof(validation));
        validation.Start(0);
        if (!validation.MoveNext()) throw new ArgumentException("The validation's source has no batches.", nameof(validation));
        network.CheckBatch(validation);
    }

    private static string Kind(BatchSource source) => source.Targets > 0 ? "targets" : "labels";
}
