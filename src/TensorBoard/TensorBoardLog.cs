using System.Globalization;

namespace NoiseGen.TensorBoard;

/// <summary>
/// A TensorBoard event file: loss, accuracy, learning rate and speed of each epoch, and those of the validation.
/// </summary>
/// <remarks>
/// <code>
/// using var log = new TensorBoardLog("runs/lenet5");
/// trainer.EpochEnded = log.Write;                    // then: tensorboard --logdir runs
/// </code>
/// </remarks>
public sealed class TensorBoardLog : IDisposable
{
    private const string Version = "brain.Event:2"; // of the file format, in the first event

    private readonly FileStream _file;
    private readonly TimeProvider _clock;

    /// <summary>Creates the folder if necessary, and a new event file in it.</summary>
    /// <param name="folder">The run's folder: TensorBoard shows each folder as a separate run.</param>
    /// <exception cref="IOException">It cannot be created or written.</exception>
    public TensorBoardLog(string folder) : this(folder, TimeProvider.System)
    {
    }

    internal TensorBoardLog(string folder, TimeProvider clock)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _clock = clock;
        Directory.CreateDirectory(folder);
        _file = Open(folder, (long)Now);
        Append(EventMessage.OfVersion(Now, Version));
    }

    /// <summary>The file.</summary>
    public string Path => _file.Name;

    /// <summary>
    /// Writes an epoch; TensorBoard shows it at the step of the epoch's number.
    /// Missing values, such as accuracy with targets, are left out.
    /// </summary>
    /// <param name="epoch">The epoch, from <see cref="Trainer.EpochEnded"/>.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(EpochResult epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        (string Tag, double? Value)[] values =
        [
            ("loss/train", epoch.Loss), ("loss/validation", epoch.Validation?.Loss),
            ("accuracy/train", epoch.Accuracy), ("accuracy/validation", epoch.Validation?.Accuracy),
            ("learning rate", epoch.LearningRate), ("images per second", epoch.ImagesPerSecond),
        ];
        Append(EventMessage.OfScalars(Now, epoch.Number,
            [.. values.Where(one => one.Value is { } value && !double.IsNaN(value)).Select(one => (one.Tag, (float)one.Value!))]));
    }

    /// <summary>Writes a custom value.</summary>
    /// <param name="tag">Its name; a prefix before a slash groups values.</param>
    /// <param name="step">Its step, such as the epoch's number.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string tag, long step, double value)
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);
        Append(EventMessage.OfScalars(Now, step, [(tag, (float)value)]));
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private double Now => _clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    // Whole records, flushed at once: TensorBoard reads during a training.
    private void Append(byte[] message)
    {
        RecordFile.Append(_file, message);
        _file.Flush();
    }

    // Seconds, machine and process distinguish files, as in TensorFlow's names; a number at the end distinguishes those of the same second.
    private static FileStream Open(string folder, long seconds)
    {
        for (int number = 0; ; number++)
        {
            string name = string.Create(
                CultureInfo.InvariantCulture, $"events.out.tfevents.{seconds}.{Environment.MachineName}.{Environment.ProcessId}.{number}");
            string path = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, name));
            try
            {
                return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            }
            catch (IOException) when (File.Exists(path))
            {
            }
        }
    }
}

/// <summary>Writes a whole training at once.</summary>
public static class TensorBoardExtensions
{
    /// <summary>Writes an event file with all epochs.</summary>
    /// <param name="history">The training's history; <see cref="TrainingHistory.Load"/> reads that of a checkpoint.</param>
    /// <param name="folder">The run's folder; created if necessary.</param>
    /// <returns>The file.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static string WriteTensorBoard(this TrainingHistory history, string folder)
    {
        ArgumentNullException.ThrowIfNull(history);
        using var log = new TensorBoardLog(folder);
        foreach (EpochResult epoch in history.Epochs) log.Write(epoch);
        return log.Path;
    }
}
