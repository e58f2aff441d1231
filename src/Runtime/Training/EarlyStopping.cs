namespace NoiseGen;

/// <summary>Rules for <see cref="Trainer.StopWhen"/>.</summary>
public static class EarlyStopping
{
    /// <summary>
    /// Stops when this many consecutive epochs were no better than the best before them (Keras' <c>EarlyStopping(patience, min_delta)</c>).
    /// The best epoch's weights are kept by <see cref="Trainer.BestWeights"/>.
    /// </summary>
    /// <param name="epochs">Number of epochs, at least 1.</param>
    /// <param name="by">The metric; by default the loss on <see cref="Trainer.Validation"/>.</param>
    /// <param name="margin">By how much an epoch has to be better to count: a finite number, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not allowed.</exception>
    public static Func<TrainingHistory, bool> Patience(int epochs, TrainingMetric by = TrainingMetric.ValidationLoss, double margin = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        Setting.NotNegative(margin, nameof(margin));
        return history =>
        {
            double best = double.NaN;
            int waited = 0;
            foreach (EpochResult epoch in history.Epochs)
            {
                double value = by.Of(epoch);
                if (by.IsBetter(value, best, margin)) (best, waited) = (value, 0);
                else waited++;
                if (waited >= epochs) return true;
            }

            if (!double.IsNaN(best) || history.Epochs.Length == 0) return false;
            string advice = by.NeedsValidation()
                ? $"set {nameof(Trainer)}.{nameof(Trainer.Validation)}"
                : "a network with targets has only a loss";
            throw new InvalidOperationException($"The epochs have no {by} to stop by: {advice}.");
        };
    }
}
