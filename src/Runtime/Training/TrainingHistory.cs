using System.Collections.Immutable;

namespace NoiseGen;

/// <summary>What a training run went through.</summary>
/// <param name="Epochs">One entry for each epoch, in order.</param>
public sealed record TrainingHistory(ImmutableArray<EpochResult> Epochs)
{
    /// <summary>Time of all epochs together.</summary>
    public TimeSpan Duration => Epochs.Aggregate(TimeSpan.Zero, (sum, epoch) => sum + epoch.Duration);

    /// <summary>Mean speed of the run; 0 where no time passed.</summary>
    public double ImagesPerSecond => Speed.Of(Epochs.Sum(epoch => (long)epoch.Images), Duration);
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
}
