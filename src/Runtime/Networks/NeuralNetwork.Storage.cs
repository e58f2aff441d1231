using NoiseGen.Storage;

namespace NoiseGen;

// What outlives the process.
public abstract partial class NeuralNetwork
{
    /// <summary>
    /// Writes parameters, running statistics, quantizers' scales, sites' ranges and <see cref="Step"/> to a safetensors file, in PyTorch's
    /// layouts and under the names of a state dict: <c>Conv1.weight</c>, <c>Layer2.1.Conv1.norm.running_mean</c>. A file of this name is
    /// replaced once the new one is whole: a crash leaves the one or the other.
    /// </summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <remarks>A symbolic link stays, and the file that it leads to is written.</remarks>
    /// <exception cref="IOException">
    /// It cannot be written, is read-only, or what is there is no regular file but a folder, a pipe or a device; whatever was there is as
    /// it was.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another call is using the network.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using NetworkUse.Call call = _use.Enter();
        new Checkpoint(_model).Save(path);
    }

    /// <summary>
    /// Reads what <see cref="Save"/> wrote, or any safetensors file with the same names, types and shapes. Either all of it is taken over,
    /// or nothing is changed.
    /// </summary>
    /// <remarks>
    /// What belongs to quantizers and noise sites may be missing, and may be there without them: a network with <see
    /// cref="QuantizeAttribute"/> loads the file of one
    /// without, and the other way round. Missing scales stay as they are, missing learned ones are collected anew, missing <see
    /// cref="NoiseSite.Range">ranges</see> are unknown.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <returns>What was loaded, what was missing and what was not used.</returns>
    /// <exception cref="CheckpointException">
    /// It is no whole safetensors file, no regular file at all, or another network's; or a parameter or running statistic is NaN or
    /// infinite, or a running variance below 0. The message names the tensor and the place in it, and options that would help.
    /// </exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the network.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public LoadResult Load(string path) => Load(path, new LoadOptions());

    /// <summary>
    /// Reads a safetensors file, such as one from PyTorch, as the options say. Either all that is accepted is taken over, or nothing is
    /// changed.
    /// </summary>
    /// <inheritdoc cref="Load(string)"/>
    /// <param name="path">The file.</param>
    /// <param name="options">How names are read, and what is accepted.</param>
    public LoadResult Load(string path, LoadOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        using NetworkUse.Call call = _use.Enter();
        (LoadResult result, uint? step) = new Checkpoint(_model) { Options = options }.Load(path);
        _model.Step = step ?? Step;
        return result;
    }

    /// <summary>Runs what reads the network's state, and keeps other callers away from it meanwhile.</summary>
    internal void WithoutOthers(Action read)
    {
        using NetworkUse.Call call = _use.Enter();
        read();
    }

    internal void SaveTraining(string path, Optimizer optimizer, IReadOnlyDictionary<string, string> about)
    {
        using NetworkUse.Call call = _use.Enter();
        new Checkpoint(_model, optimizer).Save(path, about);
    }

    internal void LoadTraining(string path, Optimizer optimizer, Action<LoadedCheckpoint> accept)
    {
        using NetworkUse.Call call = _use.Enter();
        _model.Step = new Checkpoint(_model, optimizer).Load(path, accept).Step ?? Step;
    }
}
