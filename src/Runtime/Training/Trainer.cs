namespace NoiseGen;

/// <summary>
/// Trains a network: epochs over a source, with schedules for noise and learning rate, progress reports, and a stop if the loss diverges. A
/// step allocates nothing.
/// </summary>
public sealed class Trainer
{
    private readonly NeuralNetwork _network;
    private readonly Optimizer _optimizer;
    private readonly Func<BatchSource, Optimizer, StepResult> _step;
    private int _isRunning;
    private TrainingRun? _run;

    /// <param name="network">The network to train.</param>
    /// <param name="optimizer">Updates the network's parameters; it is attached to this network only.</param>
    public Trainer(NeuralNetwork network, Optimizer optimizer)
        : this(network, optimizer, (network ?? throw new ArgumentNullException(nameof(network))).TrainStep) =>
        ArgumentNullException.ThrowIfNull(optimizer);

    /// <summary>With a different step function than the network's.</summary>
    internal Trainer(NeuralNetwork network, Optimizer optimizer, Func<BatchSource, Optimizer, StepResult> step) =>
        (_network, _optimizer, _step) = (network, optimizer, step);

    /// <summary>The training noise over the epochs. By default the sigmas of the sites are used.</summary>
    public NoiseSchedule Noise { get; set; } = NoiseSchedule.None;

    /// <summary>The schedule of the learning rate, which starts from the optimizer's rate at the start of the run. Constant by
    /// default.</summary>
    public LearningRateSchedule LearningRate { get; set; } = LearningRateSchedule.Constant;

    /// <summary>
    /// Receives a report after every step, on the thread that called <see cref="Run"/>, before the next step begins, and for the last time
    /// before <see cref="Run"/> returns. The network may be evaluated, swept, saved and read there, which does not affect the training. An
    /// exception that it throws ends the run after that step and propagates out of <see cref="Run"/>.
    /// </summary>
    /// <remarks>
    /// The run waits for it, and its time counts in the run's speed. During a run the network belongs to its thread: a call from any other
    /// thread throws, also while the callback runs. An <c>async</c> lambda may therefore use the network only up to its first <c>await</c>.
    /// An evaluation needs a separate source, not the one being trained on.
    /// </remarks>
    public Action<TrainingProgress>? Progress { get; set; }

    /// <summary>
    /// Receives warnings before the first step about settings that are allowed but rarely intended: a batch of a single image before a
    /// batch norm, which has no variance there. By default warnings go to the standard error output; null turns them off.
    /// <see cref="TrainingHistory.Warnings"/> contains the same sentences.
    /// </summary>
    public Action<string>? Warn { get; set; } = static warning => Console.Error.WriteLine(warning);

    /// <summary>
    /// A file that keeps where the run stands: written after each epoch, when <see cref="CheckpointEvery"/> has passed, and when the run is
    /// cancelled. Null (the default) means no checkpoint. A run that finds the file continues from exactly that step, and ends with the
    /// bits of a run that was never interrupted: parameters, statistics, the optimizer's state, the noise counter and the epoch's sums are
    /// in it, and order, augmentation and schedules are functions of the epoch (those of a custom source must be). A run that has ended is
    /// not repeated: delete the file to start over.
    /// </summary>
    /// <remarks>
    /// Everything that the bits depend on must be the same as when the run began, or the run throws: the optimizer and its settings, the
    /// learning rate and its schedule, epochs, batch size, order, augmentation and normalisation, the noise schedule, the teacher's share
    /// and temperature, the network's seed, declaration and strengths. The number of threads and the machine may differ. Not compared are
    /// the images and labels, the teacher's parameters, what a custom source does, and changes during a run. To continue with different
    /// settings, <see cref="NeuralNetwork.Load(string)"/> the file and start a run with another checkpoint. More epochs than the run began
    /// with do not count as different settings: <see cref="ExtendsSchedules"/>.
    /// </remarks>
    public string? Checkpoint { get; set; }

    /// <summary>
    /// The longest time between two writes of the <see cref="Checkpoint"/>, apart from that of one step: the most that a crash can cost.
    /// Five minutes by default; zero writes after every step, <see cref="Timeout.InfiniteTimeSpan"/> only after epochs.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    public TimeSpan CheckpointEvery
    {
        get;
        set => field = value >= TimeSpan.Zero || value == Timeout.InfiniteTimeSpan
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, "The time between two checkpoints is at least 0, or Timeout.InfiniteTimeSpan.");
    } = TimeSpan.FromMinutes(5);

    /// <summary>A teacher whose outputs are part of the loss; null (the default) means labels only.</summary>
    public Distillation? Distillation { get; set; }

    /// <summary>
    /// Data that the network is evaluated on after each epoch, with the noise given by the evaluation sigmas of the sites. Null (the
    /// default) means no validation. It must be a separate source, not the one being trained on. The result is
    /// <see cref="EpochResult.Validation"/>, and does not affect the training.
    /// </summary>
    public BatchSource? Validation { get; set; }

    /// <summary>
    /// Receives a report after every epoch, with its results and those of <see cref="Validation"/>, on the thread that called
    /// <see cref="Run"/>. It may do whatever <see cref="Progress"/> may do.
    /// </summary>
    public Action<EpochResult>? EpochEnded { get; set; }

    /// <summary>
    /// Decides after every epoch, from all epochs so far, whether the run ends. Null (the default) means that all epochs are trained.
    /// <see cref="EarlyStopping.Patience"/> is such a rule, and so is <c>history => history.Epochs[^1].Accuracy > 0.99</c>. It should
    /// depend only on the history, so that an interrupted run stops in the same epoch as an uninterrupted one.
    /// </summary>
    public Func<TrainingHistory, bool>? StopWhen { get; set; }

    /// <summary>
    /// A file for the network of the best epoch so far, replaced whenever a better one is found. Null (the default) means no file.
    /// <see cref="NeuralNetwork.Load(string)"/> reads it.
    /// </summary>
    public string? BestWeights { get; set; }

    /// <summary>
    /// The metric that decides which epoch is best. Null (the default) means the loss on <see cref="Validation"/>, or the training loss
    /// without one.
    /// </summary>
    public TrainingMetric? BestBy { get; set; }

    /// <summary>
    /// Whether the network has the <see cref="BestWeights"/> at the end of a run, instead of those of its last epoch; false by default. The
    /// checkpoint keeps the last weights, and the optimizer's state belongs to them.
    /// </summary>
    public bool RestoreBest { get; set; }

    /// <summary>
    /// Whether a run may continue for more epochs than its <see cref="Checkpoint"/> began with if a schedule depends on the number of
    /// epochs, as a cosine does: from then on the schedules are those of the longer training, and the learning rate may jump. False by
    /// default. If no schedule depends on it, a run may always continue, and ends with the bits of a run that had this length from the
    /// start.
    /// </summary>
    public bool ExtendsSchedules { get; set; }

    /// <summary>
    /// The epochs of the latest run, also if it was cancelled or ended by an exception; empty before the first run. A
    /// <see cref="Checkpoint"/> keeps it for other processes: <see cref="TrainingHistory.Load"/>.
    /// </summary>
    public TrainingHistory History => _run?.History ?? new([]);

    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Trains for a number of epochs. Afterwards the optimizer's learning rate is restored, and the sites keep the sigmas of the last
    /// epoch. A second run continues to train, with its schedules, orders and augmentations beginning at epoch 0 again.
    /// </summary>
    /// <param name="batches">The training data; it is restarted for each epoch, and every epoch has the same number of batches.</param>
    /// <param name="epochs">Passes over the data, at least 1.</param>
    /// <param name="cancellation">Stops the run between two steps; the network keeps what it has learned so far, and the
    /// <see cref="Checkpoint"/> where it stands.</param>
    /// <exception cref="ArgumentException">The source or that of the validation has no batches, or does not fit the network, both are one,
    /// or the optimizer serves another network.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of epochs is below 1.</exception>
    /// <exception cref="InvalidOperationException">
    /// There is a noise schedule, but the network has no noise sites, or one whose range is not known yet, or it does not fit the training;
    /// the teacher does not fit the network; the best weights are to be restored or chosen by something that is not available; there is to
    /// be a checkpoint, and the optimizer is not one of the library's; an epoch has another number of batches than the source had before
    /// the training; or the network, its teacher or this trainer is in use already.
    /// </exception>
    /// <exception cref="CheckpointException">The <see cref="Checkpoint"/> is corrupt, or belongs to another training.</exception>
    /// <exception cref="IOException">
    /// The <see cref="Checkpoint"/> cannot be written, or another run, of this process or of another, is using it; this is detected before
    /// the training where possible.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="TrainingDivergedException">
    /// The loss became NaN or infinite; the network is as it was before that step. Or a parameter did when a checkpoint was due; the file
    /// keeps its earlier content.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    /// <exception cref="Exception">
    /// Whatever the source, a schedule, <see cref="Warn"/> or <see cref="Progress"/> throws; the network stays as it was after the last
    /// completed step, and the checkpoint as it was last written.
    /// </exception>
    public TrainingHistory Run(BatchSource batches, int epochs, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        if (Noise != NoiseSchedule.None && _network.Noise.Count == 0)
            throw new InvalidOperationException(
                "The trainer has a noise schedule, but the network has no noise sites: declare them with [Noise<…>].");
        if (Interlocked.Exchange(ref _isRunning, 1) == 1)
            throw new InvalidOperationException("This trainer is running already: neither its callback nor another thread can start it.");
        try
        {
            using NetworkUse.Reservation network = _network.Reserve("a training");
            NeuralNetwork? other = Distillation?.Teacher;
            using NetworkUse.Reservation teacher = other is null ? default : other.Reserve("a training that it teaches");
            return RunAlone(batches, epochs, cancellation);
        }
        finally
        {
            Volatile.Write(ref _isRunning, 0);
        }
    }

    private TrainingHistory RunAlone(BatchSource batches, int epochs, CancellationToken cancellation)
    {
        Noise.Check(_network.Noise, epochs);
        Distillation?.Check(_network);
        (int count, int single) = CountBatches(batches);
        var run = new TrainingRun(Clock, epochs, count, _optimizer.LearningRate)
        {
            Warnings = TrainingWarnings.Of(_network.Description, count, single),
            HasTargets = batches.Targets > 0,
        };
        _run = run;
        BestEpoch? best = BestEpoch.Of(this, batches, _network);
        using TrainingCheckpoint? checkpoint = Checkpoint is null
            ? null
            : new(this, _network, _optimizer, run, TrainingSettings.Of(this, _network, _optimizer, batches, run));
        checkpoint?.Begin();
        if (Noise != NoiseSchedule.None) _network.Noise.CheckRanges();
        foreach (string warning in run.Warnings) Warn?.Invoke(warning);
        try
        {
            while (run.Epoch < epochs && !IsToStop(run))
            {
                RunEpoch(batches, run, checkpoint, cancellation);
                if (Validation is not null) run.Validated(_network.Evaluate(Validation));
                best?.Keep(run.History);
                checkpoint?.Save();
                EpochEnded?.Invoke(run.History.Epochs[^1]);
            }

            if (RestoreBest) best?.Restore();
            return run.History;
        }
        finally
        {
            _optimizer.LearningRate = run.FirstRate;
        }
    }

    private bool IsToStop(TrainingRun run) => StopWhen is { } rule && run.Epoch > 0 && rule(run.History);

    // The number of batches is found only by moving through the source, which is cheap without loading the images. What a step would reject
    // is rejected here, before a checkpoint is written.
    private (int Count, int Single) CountBatches(BatchSource batches)
    {
        int count = 0, single = 0;
        batches.Start(0);
        for (; batches.MoveNext(); count++)
        {
            _network.CheckBatch(batches);
            if (batches.Count == 1) single++;
        }

        return count > 0 ? (count, single) : throw new ArgumentException("The source has no batches to train on.", nameof(batches));
    }

    private void RunEpoch(BatchSource batches, TrainingRun run, TrainingCheckpoint? checkpoint, CancellationToken cancellation)
    {
        Noise.Apply(_network.Noise, run.Epoch, run.Epochs);
        batches.Start(run.Epoch);
        run.BeginEpoch();
        PassOver(batches, run.Batch);
        while (batches.MoveNext())
        {
            if (run.Batch == run.Batches) throw Miscounted(run, "more");
            if (cancellation.IsCancellationRequested) checkpoint?.Save();
            cancellation.ThrowIfCancellationRequested();
            _optimizer.LearningRate = LearningRate.Rate(run.FirstRate, run.Epoch + (double)run.Batch / run.Batches, run.Epochs);
            StepResult result = Distillation is { } distillation
                ? _network.TrainStep(batches, _optimizer, distillation.Ask(batches))
                : _step(batches, _optimizer);
            run.Count(result);
            if (!float.IsFinite(result.Loss))
                throw Divergence.OfLoss(result.Loss, run, _optimizer, _network, _network.FirstStageNotFinite(batches));
            Progress?.Invoke(run.Progress);
            if (run.Batch < run.Batches) checkpoint?.SaveWhenDue();
        }

        if (run.Batch < run.Batches) throw Miscounted(run, $"{run.Batch}");
        run.EndEpoch(_optimizer.LearningRate);
    }

    // A source that is restarted during an epoch yields batches of another epoch, or none.
    private static InvalidOperationException Miscounted(TrainingRun run, string found) => new(
        $"The source had {run.Batches} batches before the training, and {found} in epoch {run.Epoch + 1}; every epoch has the same number. "
        + "Whoever evaluates the network in the progress callback needs a source of its own.");

    // Skips the batches that an interrupted epoch has completed; no image is loaded.
    private static void PassOver(BatchSource batches, int count)
    {
        for (int batch = 0; batch < count; batch++) batches.MoveNext();
    }
}
