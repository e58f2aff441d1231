using System.Collections.Immutable;

namespace NoiseGen;

/// <summary>Sums over the completed batches of an epoch.</summary>
/// <param name="Batches">Number of completed batches.</param>
/// <param name="Loss">Sum of their images' losses.</param>
/// <param name="Correct">Correct images.</param>
/// <param name="Images">Images.</param>
/// <param name="Duration">Time that an interrupted run spent on them.</param>
internal readonly record struct EpochSums(int Batches, double Loss, int Correct, int Images, TimeSpan Duration);

/// <summary>The state of a training run: the completed epochs, the sums over the current one, and the clock.</summary>
internal sealed class TrainingRun(TimeProvider clock, int epochs, int batches, float firstRate)
{
    private readonly long _start = clock.GetTimestamp();
    private readonly List<EpochResult> _history = new(epochs);
    private EpochSums _sums;
    private long _epochStart = clock.GetTimestamp();
    private long _images;
    private long _steps; // of this process, whose speed tells how long the rest will take

    public TimeProvider Clock => clock;

    public int Epochs => epochs;

    /// <summary>Batches of each epoch.</summary>
    public int Batches => batches;

    /// <summary>The learning rate that the schedule starts from.</summary>
    public float FirstRate => firstRate;

    /// <summary>Number of the current epoch, from 0.</summary>
    public int Epoch => _history.Count;

    /// <summary>Batches of the current epoch that are done.</summary>
    public int Batch => _sums.Batches;

    /// <summary>Steps of the run that are done.</summary>
    public long Step => (long)Epoch * batches + Batch;

    /// <summary>The epochs that are done.</summary>
    public TrainingHistory History => new([.. _history]) { Warnings = Warnings };

    /// <summary>The warnings before the first step.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>Whether there are targets, and so no accuracy.</summary>
    public bool HasTargets { get; init; }

    /// <summary>Sums over the current epoch.</summary>
    public EpochSums Sums => _sums with { Duration = _sums.Duration + clock.GetElapsedTime(_epochStart) };

    public TrainingProgress Progress
    {
        get
        {
            TimeSpan elapsed = clock.GetElapsedTime(_start);
            long stepsLeft = (long)epochs * batches - Step;
            return new TrainingProgress(
                Epoch + 1, epochs, Batch, batches, _sums.Loss / _sums.Images, Accuracy(_sums),
                Speed.Of(_images, elapsed), elapsed / _steps * stepsLeft);
        }
    }

    /// <summary>Continues where an earlier run stopped.</summary>
    public void Resume(IEnumerable<EpochResult> history, EpochSums sums)
    {
        _history.AddRange(history);
        _sums = sums;
    }

    /// <summary>Starts the epoch's clock; the time that an interrupted run spent on the epoch is added.</summary>
    public void BeginEpoch() => _epochStart = clock.GetTimestamp();

    public void Count(StepResult result)
    {
        _sums = _sums with
        {
            Batches = _sums.Batches + 1,
            Loss = _sums.Loss + (double)result.Loss * result.Count,
            Correct = _sums.Correct + result.Correct,
            Images = _sums.Images + result.Count,
        };
        _images += result.Count;
        _steps++;
    }

    /// <summary>Records the validation of the epoch that has ended.</summary>
    public void Validated(EvaluationResult result) => _history[^1] = _history[^1] with { Validation = result };

    public void EndEpoch(float learningRate)
    {
        EpochSums sums = Sums;
        _history.Add(new EpochResult(Epoch + 1, sums.Loss / sums.Images, Accuracy(sums), learningRate, sums.Images, sums.Duration));
        _sums = default;
        BeginEpoch();
    }

    private double Accuracy(EpochSums sums) => HasTargets ? double.NaN : (double)sums.Correct / sums.Images;
}
