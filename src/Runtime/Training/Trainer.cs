namespace NoiseGen;

/// <summary>
/// Trains a network: epochs over a source, with a schedule of the noise and one of the learning rate, reports of the progress, and a stop
/// where the loss diverges. A step allocates nothing.
/// </summary>
public sealed class Trainer
{
    private readonly NeuralNetwork _network;
    private readonly Optimizer _optimizer;
    private readonly Func<BatchSource, Optimizer, StepResult> _step;
    private int _isRunning;
    private TrainingRun? _run;

    /// <param name="network">What is trained.</param>
    /// <param name="optimizer">Changes the network's parameters; it serves this network alone.</param>
    public Trainer(NeuralNetwork network, Optimizer optimizer)
        : this(network, optimizer, (network ?? throw new ArgumentNullException(nameof(network))).TrainStep) =>
        ArgumentNullException.ThrowIfNull(optimizer);

    /// <summary>With other steps than the network's.</summary>
    internal Trainer(NeuralNetwork network, Optimizer optimizer, Func<BatchSource, Optimizer, StepResult> step) =>
        (_network, _optimizer, _step) = (network, optimizer, step);

    /// <summary>The training noise over the epochs. At first the sites' own sigmas.</summary>
    public NoiseSchedule Noise { get; set; } = NoiseSchedule.None;

    /// <summary>How the learning rate runs, from the optimizer's own at the start of the run. At first constant.</summary>
    public LearningRateSchedule LearningRate { get; set; } = LearningRateSchedule.Constant;

    /// <summary>
    /// Is called after every step, on the thread that called <see cref="Run"/>, before the next step begins, and for the last time before
    /// <see cref="Run"/> returns. The network may be evaluated, swept, saved and read there, which changes nothing of the training. An
    /// exception that it throws ends the run behind that step, and comes out of <see cref="Run"/>.
    /// </summary>
    /// <remarks>
    /// The run waits for it, and its time counts in the run's speed. While a run goes on, the network is its thread's: a call from any
    /// other thread is refused, while the callback runs as well. So an <c>async</c> lambda may use the network up to its first <c>await</c>
    /// only. An evaluation needs a source of its own, not the one that is trained on.
    /// </remarks>
    public Action<TrainingProgress>? Progress { get; set; }

    /// <summary>
    /// Is told, before the first step, of what is allowed and rarely meant: a batch of a single image in front of a batch norm, which has
    /// no variance to go by there. At first it writes to the process's error output; null for silence. <see
    /// cref="TrainingHistory.Warnings"/> has the same sentences.
    /// </summary>
    public Action<string>? Warn { get; set; } = static warning => Console.Error.WriteLine(warning);

    /// <summary>
    /// A file that keeps where the run stands: written after each epoch, when <see cref="CheckpointEvery"/> has passed,
    /// and when the run is cancelled; null, as at
    /// first, for none. A run that finds it goes on from that very step, and ends with the bits of a run that was never interrupted:
    /// parameters, statistics, the
    /// optimizer's state, the noise counter and the epoch's sums are in it, and order,
    /// augmentation and schedules follow from the epoch (those of a source of your own
    /// have to). A run that has ended is not repeated: remove the file to begin anew.
    /// </summary>
    /// <remarks>
    /// What the bits depend on has to be as it was when the run began, or the run is refused:
    /// the optimizer and its settings, the learning rate and its schedule, epochs, batch
    /// size, order, augmentation and normalisation, the noise schedule, the teacher's share and temperature, the network's seed,
    /// declaration and strengths. The number of threads
    /// and the machine may be others. Not compared are the images and labels, the teacher's parameters, what a source of your own does,
    /// and what is changed while a run goes on. To
    /// train on in another way, <see cref="NeuralNetwork.Load(string)"/> the file and begin a run with another one.
    /// More epochs than it began with are no other way:
    /// <see cref="ExtendsSchedules"/>.
    /// </remarks>
    public string? Checkpoint { get; set; }

    /// <summary>
    /// The most time between two writes of the <see cref="Checkpoint"/>, beside that of one step: what a crash can cost.
    /// At first five minutes; zero writes after every
    /// step, <see cref="Timeout.InfiniteTimeSpan"/> after epochs alone.
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

    /// <summary>A teacher whose outputs are part of the loss; null, as at first, for labels alone.</summary>
    public Distillation? Distillation { get; set; }

    /// <summary>
    /// Data that the network is evaluated on after each epoch, with the noise that the sites' evaluation sigmas ask for;
    /// null, as at first, for none. A source of its own, not
    /// the one that is trained on. What it finds is <see cref="EpochResult.Validation"/>, and changes nothing of the training.
    /// </summary>
    public BatchSource? Validation { get; set; }

    /// <summary>
    /// Is called after every epoch, with its results and those of <see cref="Validation"/>, on the thread that called <see cref="Run"/>;
    /// what <see cref="Progress"/> may do
    /// there, it may do as well.
    /// </summary>
    public Action<EpochResult>? EpochEnded { get; set; }

    /// <summary>
    /// Is asked after every epoch, with all of them so far, whether the run is to end; null, as at first, to train for all epochs.
    /// <see cref="EarlyStopping.Patience"/> is such
    /// a rule, and so is <c>history => history.Epochs[^1].Accuracy > 0.99</c>. It should look at the history alone:
    /// then a run that was interrupted stops where one that was
    /// not does.
    /// </summary>
    public Func<TrainingHistory, bool>? StopWhen { get; set; }

    /// <summary>
    /// A file for the network of the best epoch so far, replaced whenever a better one comes; null, as at first, for none.
    /// <see cref="NeuralNetwork.Load(string)"/> reads it.
    /// </summary>
    public string? BestWeights { get; set; }

    /// <summary>
    /// What makes an epoch the best; null, as at first, for the loss on <see cref="Validation"/>,
    /// or without one that of the training.
    /// </summary>
    public TrainingMetric? BestBy { get; set; }

    /// <summary>
    /// Whether the network has the <see cref="BestWeights"/> at the end of a run, and not those of its last epoch; false at first.
    /// The checkpoint keeps the last ones, and
    /// the optimizer's state is theirs.
    /// </summary>
    public bool RestoreBest { get; set; }

    /// <summary>
    /// Whether a run may go on for more epochs than its <see cref="Checkpoint"/> began with where a schedule depends on how many there are,
    /// as a cosine does: from where the run
    /// stands the schedules are those of the longer training, and the learning rate may jump. False at first.
    /// Where no schedule does, a run may go on in any case, and ends with
    /// the bits of one that was that long from the start.
    /// </summary>
    public bool ExtendsSchedules { get; set; }

    /// <summary>
    /// What the latest run went through, epoch by epoch, also where it was cancelled or an exception ended it; empty before the first.
    /// A <see cref="Checkpoint"/> keeps it for
    /// other processes: <see cref="TrainingHistory.Load"/>.
    /// </summary>
    public TrainingHistory History => _run?.History ?? new([]);

    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Trains for a number of epochs. Afterwards the optimizer has the learning rate of before again,
    /// the sites keep the last epoch's sigmas. A second run
    /// trains on, with its schedules, orders and augmentations beginning at epoch 0 again.
    /// </summary>
    /// <param name="batches">The training data; it is started anew for each epoch, and every epoch has the same number of batches.</param>
    /// <param name="epochs">Passes over the data, at least 1.</param>
    /// <param name="cancellation">Stops the run between two steps; the network keeps what it has learned so far,
    /// and the <see cref="Checkpoint"/> where it stands.</param>
    /// <exception cref="ArgumentException">The source or that of the validation has no batches, or does not fit the network, both are one,
    /// or the optimizer serves another network.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer epochs than one.</exception>
    /// <exception cref="InvalidOperationException">
    /// There is a noise schedule, but the network has no noise sites, or one whose range is not known yet, or it does not fit the training;
    /// the teacher does not fit the network; the best weights are to be restored or told apart by what there is not;
    /// there is to be a checkpoint, and the optimizer is none of the library's; an epoch has another
    /// number of batches than the source had before the training; or the network, its teacher or this trainer is in use already.
    /// </exception>
    /// <exception cref="CheckpointException">The <see cref="Checkpoint"/> is broken, or of another training.</exception>
    /// <exception cref="IOException">
    /// The <see cref="Checkpoint"/> cannot be written, or another run, of this process or of another, keeps its place there; this is found
    /// before the training where it can be.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="TrainingDivergedException">
    /// The loss became NaN or infinite; the network is as it was before that step.
    /// Or a parameter did, and a checkpoint was due: it keeps what it had.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    /// <exception cref="Exception">
    /// Whatever the source, a schedule, <see cref="Warn"/> or <see cref="Progress"/> throws;
    /// the network stays as after the last step that was
    /// done, the checkpoint as it was written last.
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

    // A source tells how many batches it has only by giving them; without loading the images that is cheap.
    // What a step would refuse is refused here, before there is a
    // checkpoint of it.
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

    // A source that is started anew during an epoch gives batches of another one, or none.
    private static InvalidOperationException Miscounted(TrainingRun run, string found) => new(
        $"The source had {run.Batches} batches before the training, and {found} in epoch {run.Epoch + 1}; every epoch has the same number. "
        + "Whoever evaluates the network in the progress callback needs a source of its own.");

    // What an interrupted epoch has behind it; no image is loaded.
    private static void PassOver(BatchSource batches, int count)
    {
        for (int batch = 0; batch < count; batch++) batches.MoveNext();
    }
}
