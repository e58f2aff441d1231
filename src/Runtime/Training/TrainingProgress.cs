namespace NoiseGen;

/// <summary>The progress of a training run after a step.</summary>
/// <param name="Epoch">Number of the current epoch, from 1.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="Batch">Batches of the epoch that are done, at least 1.</param>
/// <param name="Batches">Batches in each epoch.</param>
/// <param name="Loss">Mean loss over the epoch's images so far, each before its update.</param>
/// <param name="Accuracy">Fraction of correct images of the epoch so far, 0 … 1, with the training noise; NaN with targets.</param>
/// <param name="ImagesPerSecond">Speed over the whole run so far.</param>
/// <param name="TimeLeft">Expected time until the end of the run, at that speed.</param>
public readonly record struct TrainingProgress(
    int Epoch,
    int Epochs,
    int Batch,
    int Batches,
    double Loss,
    double Accuracy,
    double ImagesPerSecond,
    TimeSpan TimeLeft)
{
    /// <summary>Whether the epoch is done.</summary>
    public bool IsEpochEnd => Batch == Batches;

    /// <summary>The finished part of the run, 0 … 1.</summary>
    public double Fraction => ((Epoch - 1) + (double)Batch / Batches) / Epochs;

    /// <summary>Such as <c>Epoch 3 of 10, batch 5 of 64: loss 0.512, accuracy 84.1 %</c>.</summary>
    public override string ToString() =>
        $"Epoch {Epoch} of {Epochs}, batch {Batch} of {Batches}: "
        + InvariantText.Of($"loss {Loss:G4}")
        + (double.IsNaN(Accuracy) ? "" : $", accuracy {Percent.Of(Accuracy)}");
}
