namespace NoiseGen;

/// <summary>A metric by which the epochs of a training are compared.</summary>
public enum TrainingMetric
{
    /// <summary>The mean loss over the epoch's training images; less is better.</summary>
    Loss,

    /// <summary>The accuracy on the epoch's training images; more is better. None with targets.</summary>
    Accuracy,

    /// <summary>The loss on <see cref="Trainer.Validation"/>; less is better.</summary>
    ValidationLoss,

    /// <summary>The accuracy on <see cref="Trainer.Validation"/>; more is better. None with targets.</summary>
    ValidationAccuracy,
}

/// <summary>Values of metrics, and which are better.</summary>
internal static class TrainingMetrics
{
    /// <summary>The value; NaN if the epoch has none.</summary>
    public static double Of(this TrainingMetric metric, EpochResult epoch) => metric switch
    {
        TrainingMetric.Loss => epoch.Loss,
        TrainingMetric.Accuracy => epoch.Accuracy,
        TrainingMetric.ValidationLoss => epoch.Validation?.Loss ?? double.NaN,
        _ => epoch.Validation?.Accuracy ?? double.NaN,
    };

    /// <summary>
    /// Whether a value is better than the best so far by more than a margin; NaN is never better, and any number is better than NaN.
    /// </summary>
    public static bool IsBetter(this TrainingMetric metric, double value, double best, double margin = 0)
    {
        if (double.IsNaN(value)) return false;
        if (double.IsNaN(best)) return true;
        return metric is TrainingMetric.Accuracy or TrainingMetric.ValidationAccuracy ? value > best + margin : value < best - margin;
    }

    /// <summary>Whether a validation is needed.</summary>
    public static bool NeedsValidation(this TrainingMetric metric) =>
        metric is TrainingMetric.ValidationLoss or TrainingMetric.ValidationAccuracy;
}
