using System.Collections.Immutable;
using NoiseGen.Storage;

namespace NoiseGen;

/// <summary>The epochs of a training run.</summary>
/// <param name="Epochs">One entry for each epoch, in order.</param>
public sealed record TrainingHistory(ImmutableArray<EpochResult> Epochs)
{
    /// <summary>One entry for each epoch, in order.</summary>
    public ImmutableArray<EpochResult> Epochs { get; init => field = value.IsDefault ? [] : value; } = Epochs.IsDefault ? [] : Epochs;

    /// <summary>The warnings passed to <see cref="Trainer.Warn"/>; empty if there were none.</summary>
    public ImmutableArray<string> Warnings { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Time of all epochs together, without validations.</summary>
    public TimeSpan Duration => Epochs.Aggregate(TimeSpan.Zero, (sum, epoch) => sum + epoch.Duration);

    /// <summary>Mean speed of the run; 0 if no time has passed.</summary>
    public double ImagesPerSecond => Speed.Of(Epochs.Sum(epoch => (long)epoch.Images), Duration);

    /// <summary>Whether epochs were validated.</summary>
    internal bool HasValidation => Epochs.Any(epoch => epoch.Validation is not null);

    /// <summary>Whether there are accuracies; there are none with targets.</summary>
    internal bool HasAccuracy => Epochs.Any(epoch => !double.IsNaN(epoch.Accuracy));

    /// <summary>The best epoch, or the first of several equal ones.</summary>
    /// <param name="by">The metric.</param>
    /// <exception cref="InvalidOperationException">No epoch has this metric.</exception>
    public EpochResult Best(TrainingMetric by)
    {
        EpochResult? best = null;
        foreach (EpochResult epoch in Epochs)
        {
            if (by.IsBetter(by.Of(epoch), best is null ? double.NaN : by.Of(best))) best = epoch;
        }

        return best ?? throw new InvalidOperationException($"No epoch has a {by}.");
    }

    /// <summary>Reads the epochs of a run that has ended or was interrupted from its <see cref="Trainer.Checkpoint"/>.</summary>
    /// <param name="checkpoint">The file.</param>
    /// <exception cref="CheckpointException">It is not the checkpoint of a training, or is corrupt.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TrainingHistory Load(string checkpoint)
    {
        using SafetensorsFile file = SafetensorsFile.Open(checkpoint);
        if (!file.Metadata.TryGetValue(HistoryText.Key, out string? text))
            throw new CheckpointException(checkpoint, "it tells of no epochs: it is no training's checkpoint");
        try
        {
            return new([.. HistoryText.Read(text)]);
        }
        catch (Exception broken) when (broken is FormatException or OverflowException)
        {
            throw new CheckpointException(checkpoint, $"what it tells of the run cannot be read ({broken.Message.TrimEnd('.')})", broken);
        }
    }

    /// <summary>
    /// Writes a line for each epoch, under a heading:
    /// <c>epoch,loss,accuracy,validation_loss,validation_accuracy,learning_rate,images,seconds</c>. Missing values are left empty.
    /// </summary>
    /// <param name="path">The file; one of this name is replaced.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void WriteCsv(string path) => CsvTable.Write(
        path, ["epoch", "loss", "accuracy", "validation_loss", "validation_accuracy", "learning_rate", "images", "seconds"],
        Epochs.Select(epoch => (IReadOnlyList<object?>)
        [
            epoch.Number, epoch.Loss, epoch.Accuracy, epoch.Validation?.Loss, epoch.Validation?.Accuracy, epoch.LearningRate, epoch.Images,
            epoch.Duration.TotalSeconds,
        ]));

    /// <summary>
    /// Draws the learning curves, loss and accuracy over the epochs, as an SVG picture that follows the reader's light or dark theme.
    /// </summary>
    /// <param name="path">The file; one of this name is replaced.</param>
    /// <exception cref="InvalidOperationException">There are no epochs.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void WriteSvg(string path) => WholeFile.Write(path, LearningCurves.Svg([("", this)]));

    /// <summary>A table with a line for each epoch (of a long run, for the first and the last ones), and the warnings.</summary>
    public override string ToString()
    {
        (string Heading, Func<EpochResult, string> Cell)[] columns =
        [
            ("epoch", epoch => $"{epoch.Number}"),
            ("loss", epoch => InvariantText.Of($"{epoch.Loss:G4}")),
            .. HasAccuracy ? [("accuracy", epoch => Percent.Of(epoch.Accuracy))] : Array.Empty<(string, Func<EpochResult, string>)>(),
            .. HasValidation ? [("validation", epoch => Text(epoch.Validation))] : Array.Empty<(string, Func<EpochResult, string>)>(),
            ("learning rate", epoch => InvariantText.Of($"{epoch.LearningRate:G4}")),
            ("images/s", epoch => InvariantText.Of($"{epoch.ImagesPerSecond:#,0}")),
        ];
        string table = TextTable.Of(
            [.. columns.Select(column => column.Heading)],
            [.. Epochs.Select(epoch => columns.Select(column => column.Cell(epoch)).ToArray())]);
        return table + string.Concat(Warnings.Select(warning => warning + '\n'));
    }

    private static string Text(EvaluationResult? validation) => validation is not { } found ? "–"
        : found.HasTargets ? InvariantText.Of($"{found.Loss:G4}")
        : InvariantText.Of($"{found.Loss:G4}, {Percent.Of(found.Accuracy)}");
}

/// <summary>One epoch of a training run.</summary>
/// <param name="Number">Number of the epoch, from 1.</param>
/// <param name="Loss">Mean loss over the epoch's images, each before its update.</param>
/// <param name="Accuracy">Fraction of correct images, 0 … 1, with the training noise; NaN with targets.</param>
/// <param name="LearningRate">The optimizer's learning rate at the epoch's last step.</param>
/// <param name="Images">Images trained on.</param>
/// <param name="Duration">Time it took, without the validation.</param>
public sealed record EpochResult(int Number, double Loss, double Accuracy, float LearningRate, int Images, TimeSpan Duration)
{
    /// <summary>The result on <see cref="Trainer.Validation"/>; null without one.</summary>
    public EvaluationResult? Validation { get; init; }

    /// <summary>Mean speed of the epoch; 0 if no time has passed.</summary>
    public double ImagesPerSecond => Speed.Of(Images, Duration);

    /// <summary>Such as <c>Epoch 3: loss 0.512, accuracy 84.1 %, validation loss 0.603, accuracy 81.2 %, learning rate 0.001</c>.</summary>
    public override string ToString()
    {
        string validation = Validation is { } found ? $", validation {Text(found.Loss, found.Accuracy)}" : "";
        return InvariantText.Of($"Epoch {Number}: {Text(Loss, Accuracy)}{validation}, learning rate {LearningRate:G4}");
    }

    private static string Text(double loss, double accuracy) =>
        InvariantText.Of($"loss {loss:G4}") + (double.IsNaN(accuracy) ? "" : $", accuracy {Percent.Of(accuracy)}");
}
