using System.Collections.Immutable;

namespace NoiseGen;

/// <summary>What a training run went through.</summary>
/// <param name="Epochs">One entry for each epoch, in order.</param>
public sealed record TrainingHistory(ImmutableArray<EpochResult> Epochs)
{
    /// <summary>What <see cref="Trainer.Warn"/> was told; empty where nothing was to be said.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>Time of all epochs together.</summary>
    public TimeSpan Duration => Entries.Aggregate(TimeSpan.Zero, (sum, epoch) => sum + epoch.Duration);

    /// <summary>Mean speed of the run; 0 where no time passed.</summary>
    public double ImagesPerSecond => Speed.Of(Entries.Sum(epoch => (long)epoch.Images), Duration);

    // A default array is one of none.
    private ImmutableArray<EpochResult> Entries => Epochs.IsDefault ? [] : Epochs;

    /// <summary>A table with a line for each epoch (of a long run, for the first and the last ones), and the warnings.</summary>
    public override string ToString()
    {
        string table = TextTable.Of(
            ["epoch", "loss", "accuracy", "learning rate", "images/s"],
            [.. Entries.Select(epoch => (string[])
            [
                $"{epoch.Number}", InvariantText.Of($"{epoch.Loss:G4}"), Percent.Of(epoch.Accuracy),
                InvariantText.Of($"{epoch.LearningRate:G4}"), InvariantText.Of($"{epoch.ImagesPerSecond:#,0}"),
            ])]);
        return table + string.Concat((Warnings.IsDefault ? [] : Warnings).Select(warning => warning + '\n'));
    }
}

/// <summary>One epoch of a training run.</summary>
/// <param name="Number">Number of the epoch, from 1.</param>
/// <param name="Loss">Mean loss over the epoch's images, each before its own update.</param>
/// <param name="Accuracy">Fraction of correct images, 0 … 1, with the training noise.</param>
/// <param name="LearningRate">The optimizer's learning rate at the epoch's last step.</param>
/// <param name="Images">Images trained on.</param>
/// <param name="Duration">Time it took.</param>
public sealed record EpochResult(int Number, double Loss, double Accuracy, float LearningRate, int Images, TimeSpan Duration)
{
    /// <summary>Mean speed of the epoch; 0 where no time passed.</summary>
    public double ImagesPerSecond => Speed.Of(Images, Duration);

    /// <summary>Such as <c>Epoch 3: loss 0.512, accuracy 84.1 %, learning rate 0.001</c>.</summary>
    public override string ToString() =>
        InvariantText.Of($"Epoch {Number}: loss {Loss:G4}, accuracy {Percent.Of(Accuracy)}, learning rate {LearningRate:G4}");
}
