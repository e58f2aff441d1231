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
    /// A folder of the cell's own, for what is to be gone on with when the run is interrupted: the file <see cref="Checkpoint"/>, and
    /// whatever else the function keeps there. When the cell is done, the folder is removed.
    /// </summary>
    public string Folder { get; }

    /// <summary>A file in that folder, for <see cref="Trainer.Checkpoint"/>.</summary>
    public string Checkpoint => Path.Combine(Folder, "training.safetensors");

    /// <summary>
    /// Asks the function to end, by an <see cref="OperationCanceledException"/>: the same cell will go on, in this process or in another.
    /// </summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Says how far the cell is.</summary>
    /// <param name="fraction">The finished part, 0 … 1.</param>
    /// <param name="doing">What is being done, in a few words.</param>
    public void Report(double fraction, string doing) => _lock.Report(Math.Clamp(fraction, 0, 1), doing);

    /// <summary>
    /// Trains with all that a sweep asks for: from where the checkpoint stands, until the end or an interruption, and others see how far it
    /// is. It counts as nine tenths of the cell, and what is measured then as the last one.
    /// </summary>
    /// <param name="trainer">
    /// The trainer; its <see cref="Trainer.Checkpoint"/> and <see cref="Trainer.Progress"/> are set here, the latter beside its own.
    /// </param>
    /// <param name="batches">The training data.</param>
    /// <param name="epochs">Passes over the data, at least 1.</param>
    /// <exception cref="OperationCanceledException">The run is interrupted; let it pass.</exception>
    /// <exception cref="TrainingDivergedException">The cell fails by it; let it pass.</exception>
    public TrainingHistory Train(Trainer trainer, BatchSource batches, int epochs)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        trainer.Checkpoint = Checkpoint;
        trainer.Progress += step =>
        {
            if (step.IsEpochEnd || step.Batch % 8 == 1)
                Report(TrainingShare * step.Fraction, FormattableString.Invariant(
                    $"epoch {step.Epoch}/{step.Epochs}  loss {step.Loss:0.000}  accuracy {step.Accuracy * 100:0.0} %"));
        };
        return trainer.Run(batches, epochs, Cancellation);
    }
}
