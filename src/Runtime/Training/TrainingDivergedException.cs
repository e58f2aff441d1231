namespace NoiseGen;

/// <summary>Training was stopped because its loss, or a parameter, is no longer finite.</summary>
public sealed class TrainingDivergedException : Exception
{
    /// <param name="loss">The loss, NaN or infinite; NaN where a parameter or running statistic was found before a loss showed it.</param>
    /// <param name="epoch">Number of the epoch, from 1.</param>
    /// <param name="step">Number of the step in the whole run, from 1; 0 before the first.</param>
    /// <param name="stage">The first stage whose values are not finite numbers, <c>Input</c> for the network's input; null if it is not
    /// known.</param>
    /// <param name="message">What was found, where, and what to try.</param>
    public TrainingDivergedException(float loss, int epoch, long step, string? stage, string message)
        : base(message) => (Loss, Epoch, Step, Stage) = (loss, epoch, step, stage);

    /// <summary>The loss, NaN or infinite; NaN where a parameter or running statistic was found before a loss showed it.</summary>
    public float Loss { get; }

    /// <summary>Number of the epoch, from 1.</summary>
    public int Epoch { get; }

    /// <summary>Number of the step in the whole run, from 1; 0 before the first.</summary>
    public long Step { get; }

    /// <summary>
    /// The first stage whose values are not finite numbers, <c>Input</c> for the network's input; null if all are finite and only the loss
    /// is not.
    /// </summary>
    public string? Stage { get; }
}
