namespace NoiseGen;

/// <summary>Training was stopped because its loss is not a number any more.</summary>
public sealed class TrainingDivergedException : Exception
{
    /// <param name="loss">The loss, NaN or infinite.</param>
    /// <param name="epoch">Number of the epoch, from 1.</param>
    /// <param name="step">Number of the step in the whole run, from 1.</param>
    /// <param name="message">What was found, where, and what to try.</param>
    public TrainingDivergedException(float loss, int epoch, long step, string message)
        : base(message) => (Loss, Epoch, Step) = (loss, epoch, step);

    /// <summary>The loss, NaN or infinite.</summary>
    public float Loss { get; }

    /// <summary>Number of the epoch, from 1.</summary>
    public int Epoch { get; }

    /// <summary>Number of the step in the whole run, from 1.</summary>
    public long Step { get; }
}
