using System.Globalization;
using NoiseGen.Storage;

namespace NoiseGen;

/// <summary>
/// The state of a training run between two steps, as a file: the network, the optimizer's state, the completed epochs and the sums over the
/// current one. The order of the data, augmentation, noise and schedules are functions of seed, step and epoch, so that a run that
/// continues from here ends with the bits of one that was never interrupted.
/// </summary>
internal sealed class TrainingCheckpoint : IDisposable
{
    private const string Steps = "optimizer_steps", StepsBefore = "optimizer_steps_before", History = HistoryText.Key,
        Sums = "current_epoch";

    private readonly string _path;
    private readonly NeuralNetwork _network;
    private readonly Optimizer _optimizer;
    private readonly TrainingRun _run;
    private readonly TimeSpan _every;
    private readonly IReadOnlyList<(string Name, string Value)> _settings;
    private readonly bool _extends;
    private readonly string? _fixedLength; // what depends on the number of epochs; null where nothing does
    private long _stepsBefore; // of the optimizer, before this run
    private long _saved; // when
    private FileLock? _lock;

    /// <exception cref="InvalidOperationException">The optimizer is not the library's.</exception>
    public TrainingCheckpoint(
        Trainer trainer, NeuralNetwork network, Optimizer optimizer, TrainingRun run, IReadOnlyList<(string Name, string Value)> settings)
    {
        (_path, _network, _optimizer, _run, _every, _settings) = (
            trainer.Checkpoint!, network, optimizer, run, trainer.CheckpointEvery, settings);
        _extends = trainer.ExtendsSchedules;
        _fixedLength = trainer.LearningRate.DependsOnEpochs ? $"learning rate schedule ({trainer.LearningRate})"
            : trainer.Noise.DependsOnEpochs ? $"noise schedule ({trainer.Noise})"
            : null;
        if (optimizer.State is null)
            throw new InvalidOperationException(
                $"{optimizer.GetType().Name} is not one of the library's optimizers, and its state cannot be kept in a checkpoint.");
        network.Attach(optimizer);
    }

    /// <summary>
    /// Resumes the run from the file; without a file, writes the initial state. A file that cannot be written is detected now.
    /// </summary>
    /// <exception cref="CheckpointException">The file is corrupt, or belongs to another training.</exception>
    /// <exception cref="IOException">It cannot be written, or another run is using it.</exception>
    public void Begin()
    {
        _lock = TakeLock();
        WholeFile.Check(_path);
        if (!File.Exists(_path))
        {
            _stepsBefore = _optimizer.Steps;
            Save();
            return;
        }

        Place place = default;
        _network.LoadTraining(_path, _optimizer, loaded => place = Accept(loaded));
        _optimizer.Restore(place.Steps);
        _stepsBefore = place.StepsBefore;
        _run.Resume(place.History, place.Sums);
        _saved = _run.Clock.GetTimestamp();
    }

    /// <summary>Writes the state of the run if the last write was long enough ago.</summary>
    public void SaveWhenDue()
    {
        if (_every >= TimeSpan.Zero && _run.Clock.GetElapsedTime(_saved) >= _every) Save();
    }

    /// <summary>Writes where the run stands.</summary>
    /// <exception cref="TrainingDivergedException">A parameter is no longer finite; the file keeps its earlier content.</exception>
    public void Save()
    {
        if (_network.FirstTensorNotFinite() is { } tensor) throw Divergence.OfTensor(tensor, _network, _run, _optimizer);
        _network.SaveTraining(
            _path, _optimizer, new Dictionary<string, string>(_settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
        {
            [Steps] = Text(_optimizer.Steps),
            [StepsBefore] = Text(_stepsBefore),
            [History] = HistoryText.Write(_run.History.Epochs),
            [Sums] = Write(_run.Sums),
        });
        _saved = _run.Clock.GetTimestamp();
    }

    public void Dispose() => _lock?.Dispose();

    private FileLock TakeLock()
    {
        FileLock? taken;
        try
        {
            taken = FileLock.TryTake(WholeFile.Beside(WholeFile.Follow(_path), ".lock"));
        }
        catch (IOException)
        {
            WholeFile.Check(_path); // what keeps the lock from being made keeps the file from being written, and says so of the file
            throw;
        }

        return taken ?? throw new IOException(
            $"{_path}: another run keeps its place there, in this process or in another. Wait until it has ended, or choose another file.");
    }

    private Place Accept(LoadedCheckpoint loaded)
    {
        if (loaded.Step is null)
            throw new CheckpointException(_path, "it does not say how many steps were taken: it is no training's checkpoint");
        IReadOnlyDictionary<string, string> about = loaded.About;
        foreach ((string setting, string expected) in _settings) Check(about, setting, expected);
        Place place = Read(about);
        long done = (long)place.History.Length * _run.Batches + place.Sums.Batches;
        if (place.History.Length > _run.Epochs || place.Sums.Batches < 0 || place.Sums.Batches >= _run.Batches
            || place.Steps - place.StepsBefore != done)
        {
            throw new CheckpointException(
                _path,
                $"it tells of {place.History.Length} epochs and {place.Sums.Batches} batches, and of {place.Steps} steps of the optimizer, "
                    + $"{place.StepsBefore} of them before; up to {_run.Epochs} epochs, fewer than {_run.Batches} batches and as many "
                    + $"steps are expected");
        }

        return place;
    }

    private Place Read(IReadOnlyDictionary<string, string> about)
    {
        try
        {
            return new Place(
                HistoryText.Number(about[Steps]), HistoryText.Number(about.GetValueOrDefault(StepsBefore, "0")),
                HistoryText.Read(about[History]),
                about.TryGetValue(Sums, out string? sums) ? ReadSums(sums.Split(' ')) : default);
        }
        catch (Exception broken) when (broken is FormatException or OverflowException or IndexOutOfRangeException or KeyNotFoundException)
        {
            throw new CheckpointException(_path, $"what it tells of the run cannot be read ({broken.Message.TrimEnd('.')})", broken);
        }
    }

    private static string Write(EpochSums sums) => string.Create(
        CultureInfo.InvariantCulture, $"{sums.Batches} {sums.Loss:R} {sums.Correct} {sums.Images} {sums.Duration.Ticks}");

    private static EpochSums ReadSums(string[] values)
    {
        if (values is not [var batches, var loss, var correct, var images, var ticks])
            throw new FormatException($"{Sums} has {values.Length} numbers, and 5 are expected");
        if (HistoryText.Whole(correct) > HistoryText.Whole(images))
            throw new FormatException($"{Sums} has {correct} correct images of {images}");
        return new(
            HistoryText.Whole(batches), HistoryText.Real(loss), HistoryText.Whole(correct), HistoryText.Whole(images),
            TimeSpan.FromTicks(HistoryText.Number(ticks)));
    }

    private void Check(IReadOnlyDictionary<string, string> about, string setting, string expected)
    {
        string? found = about.GetValueOrDefault(setting);
        // Older builds did not write a setting that they did not have; its absence counts as "none".
        if (found == expected || (found is null && expected == "none")) return;
        bool isLonger = setting == TrainingSettings.Epochs
            && int.TryParse(found, NumberStyles.None, CultureInfo.InvariantCulture, out int epochs) && epochs < _run.Epochs;
        if (isLonger && (_extends || _fixedLength is null)) return;
        string was = found is null ? $"does not say with which {setting} its training began" : $"is of a training with {setting} {found}";
        string why = isLonger
            ? $", and the {_fixedLength} depends on how many there are. "
                + $"Set {nameof(Trainer)}.{nameof(Trainer.ExtendsSchedules)} to go on from here as the longer training would"
            : ". Go on with what it has";
        throw new CheckpointException(_path, $"it {was}; this one has {expected}{why}, or remove it to begin anew");
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private readonly record struct Place(long Steps, long StepsBefore, EpochResult[] History, EpochSums Sums);
}
