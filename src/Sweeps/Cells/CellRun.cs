using NoiseGen.Sweeps.Cells;

namespace NoiseGen.Sweeps;

/// <summary>The run of one cell, as its training function sees it.</summary>
public sealed class CellRun
{
    private const double TrainingShare = 0.9;

    private readonly CellLock _lock;

    internal CellRun(SweepCell cell, int threads, string folder, CellLock held, CancellationToken cancellation) =>
        (Cell, Threads, Folder, _lock, Cancellation) = (cell, threads, folder, held, cancellation);

    /// <summary>The cell.</summary>
    public SweepCell Cell { get; }

    /// <summary>Threads that the network should have; 0 for one on each processor.</summary>
    public int Threads { get; }

    /// <summary>
    /// The cell's folder, for the state from which an interrupted run resumes: the file <see cref="Checkpoint"/>, and anything else that
    /// the function keeps there. The folder is removed when the cell is done.
    /// </summary>
    public string Folder { get; }

    /// <summary>A file in that folder, for <see cref="Trainer.Checkpoint"/>.</summary>
    public string Checkpoint => Path.Combine(Folder, "training.safetensors");

    /// <summary>
    /// Asks the function to end with an <see cref="OperationCanceledException"/>. The cell will be resumed, by this process or another.
    /// </summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Reports the cell's progress.</summary>
    /// <param name="fraction">The completed fraction, 0 … 1.</param>
    /// <param name="doing">The current activity, in a few words.</param>
    public void Report(double fraction, string doing) => _lock.Report(Math.Clamp(fraction, 0, 1), doing);

    /// <summary>
    /// Trains as a sweep requires: from the checkpoint to the end or an interruption, with progress visible to other processes.
    /// Training counts as nine tenths of the cell, the measurements after it as the last tenth.
    /// </summary>
    /// <param name="trainer">
    /// The trainer; its <see cref="Trainer.Checkpoint"/> and <see cref="Trainer.Progress"/> are set here;
    /// an existing progress callback is kept.
    /// </param>
    /// <param name="batches">The training data.</param>
    /// <param name="epochs">Passes over the data, at least 1.</param>
    /// <exception cref="OperationCanceledException">The run was interrupted; do not catch it.</exception>
    /// <exception cref="TrainingDivergedException">The training diverged, so the cell fails; do not catch it.</exception>
    public TrainingHistory Train(Trainer trainer, BatchSource batches, int epochs)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        trainer.Checkpoint = Checkpoint;
        string resumed = File.Exists(Checkpoint)
            ? FormattableString.Invariant($", resumed at epoch {TrainingHistory.Load(Checkpoint).Epochs.Length + 1}")
            : "";
        trainer.Progress += step =>
        {
            if (step.IsEpochEnd || step.Batch % 8 == 1)
                Report(TrainingShare * step.Fraction, FormattableString.Invariant(
                    $"epoch {step.Epoch}/{step.Epochs}  loss {step.Loss:0.000}  accuracy {step.Accuracy * 100:0.0} %{resumed}"));
        };
        return trainer.Run(batches, epochs, Cancellation);
    }
}
