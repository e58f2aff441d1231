using System.Collections.Immutable;
using System.Globalization;
using NoiseGen.Storage;

namespace NoiseGen;

/// <summary>
/// Where a training run stands between two epochs: the network, the optimizer's state, and the epochs behind it. Order of the data, augmentation, noise and schedules
/// are functions of seed, step and epoch, and so a run that goes on from here ends with the bits of one that was never interrupted.
/// </summary>
internal sealed class TrainingCheckpoint
{
    private const string Optimizer = "optimizer", Steps = "optimizer_steps", Epochs = "epochs", Batches = "batches", Rate = "learning_rate", Seed = "seed", History = "history";

    private readonly string _path;
    private readonly NeuralNetwork _network;
    private readonly Optimizer _optimizer;
    private readonly int _epochs;
    private readonly int _batches;
    private readonly float _rate;

    /// <exception cref="InvalidOperationException">The optimizer is not the library's.</exception>
    public TrainingCheckpoint(string path, NeuralNetwork network, Optimizer optimizer, int epochs, int batches)
    {
        (_path, _network, _optimizer, _epochs, _batches, _rate) = (path, network, optimizer, epochs, batches, optimizer.LearningRate);
        if (optimizer.State is null)
            throw new InvalidOperationException($"{optimizer.GetType().Name} is not one of the library's optimizers, and its state cannot be kept in a checkpoint.");
        network.Attach(optimizer);
    }

    /// <summary>Takes up a run where the file says that it stands; without a file, writes where it begins, so that a folder that cannot be written to is found now.</summary>
    /// <returns>The epochs behind it.</returns>
    /// <exception cref="CheckpointException">The file is broken, or of another training.</exception>
    public ImmutableArray<EpochResult> Begin()
    {
        if (!File.Exists(_path))
        {
            Save([]);
            return [];
        }

        ImmutableArray<EpochResult> history = [];
        long steps = 0;
        _network.LoadTraining(_path, _optimizer, loaded => (steps, history) = Accept(loaded));
        _optimizer.Restore(steps);
        return history;
    }

    private (long Steps, ImmutableArray<EpochResult> History) Accept(LoadedCheckpoint loaded)
    {
        if (loaded.Step is null) throw new CheckpointException(_path, "it does not say how many steps were taken: it is no training's checkpoint");
        IReadOnlyDictionary<string, string> about = loaded.About;
        Check(about, Optimizer, _optimizer.GetType().Name);
        Check(about, Epochs, Text(_epochs));
        Check(about, Batches, Text(_batches));
        Check(about, Rate, _rate.ToString("R", CultureInfo.InvariantCulture));
        Check(about, Seed, _network.Seed.ToString(CultureInfo.InvariantCulture));
        if (!long.TryParse(about.GetValueOrDefault(Steps), NumberStyles.None, CultureInfo.InvariantCulture, out long steps) || steps > (long)_epochs * _batches)
            throw new CheckpointException(_path, $"it says that the optimizer took '{about.GetValueOrDefault(Steps)}' steps; a number up to {(long)_epochs * _batches} is expected");
        return (steps, Read(about.GetValueOrDefault(History) ?? ""));
    }

    /// <summary>Writes where the run stands.</summary>
    public void Save(IEnumerable<EpochResult> history) => _network.SaveTraining(_path, _optimizer, new Dictionary<string, string>
    {
        [Optimizer] = _optimizer.GetType().Name,
        [Steps] = _optimizer.Steps.ToString(CultureInfo.InvariantCulture),
        [Epochs] = Text(_epochs),
        [Batches] = Text(_batches),
        [Rate] = _rate.ToString("R", CultureInfo.InvariantCulture),
        [Seed] = _network.Seed.ToString(CultureInfo.InvariantCulture),
        [History] = string.Join(';', history.Select(epoch => string.Create(
            CultureInfo.InvariantCulture, $"{epoch.Loss:R} {epoch.Accuracy:R} {epoch.LearningRate:R} {epoch.Images} {epoch.Duration.Ticks}"))),
    });

    private ImmutableArray<EpochResult> Read(string history)
    {
        string[] lines = history.Split(';', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length > _epochs) throw new CheckpointException(_path, $"it tells of {lines.Length} epochs of {_epochs}");
        try
        {
            return [.. lines.Select((line, i) => Epoch(i + 1, line.Split(' ')))];
        }
        catch (Exception broken) when (broken is FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw new CheckpointException(_path, $"what it tells of the epochs cannot be read ({broken.Message.TrimEnd('.')})", broken);
        }
    }

    private static EpochResult Epoch(int number, string[] values) => new(
        number, Number(values[0]), Number(values[1]), (float)Number(values[2]), int.Parse(values[3], CultureInfo.InvariantCulture),
        TimeSpan.FromTicks(long.Parse(values[4], CultureInfo.InvariantCulture)));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private void Check(IReadOnlyDictionary<string, string> about, string what, string expected)
    {
        string found = about.GetValueOrDefault(what) ?? "nothing";
        if (found != expected) throw new CheckpointException(_path, $"it is of a training with {what.Replace('_', ' ')} {found}; this one has {expected}. Remove it to begin anew");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
