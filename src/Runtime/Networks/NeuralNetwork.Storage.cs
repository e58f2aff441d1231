using NoiseGen.Storage;

namespace NoiseGen;

// Saving and loading.
public abstract partial class NeuralNetwork
{
    /// <summary>
    /// Writes parameters, running statistics, quantizers' scales, sites' ranges and <see cref="Step"/> to a safetensors file, in PyTorch's
    /// layouts and under the names of a state dict: <c>Conv1.weight</c>, <c>Layer2.1.Conv1.norm.running_mean</c>. An existing file is
    /// replaced once the new one is complete: a crash leaves one or the other.
    /// </summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <remarks>A symbolic link is kept, and its target is written.</remarks>
    /// <exception cref="IOException">
    /// It cannot be written, is read-only, or is not a regular file but a folder, a pipe or a device. What was there is unchanged.
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
    /// Reads what <see cref="Save"/> wrote, or any safetensors file with the same names, types and shapes. Either everything is loaded, or
    /// nothing is changed.
    /// </summary>
    /// <remarks>
    /// Values of quantizers and noise sites may be missing from the file, and may be present in it without a counterpart in the network: a
    /// network with <see cref="QuantizeAttribute"/> loads the file of one without, and vice versa. Missing scales keep their values,
    /// missing learned scales are collected again, missing <see cref="NoiseSite.Range">ranges</see> are unknown.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <returns>What was loaded, what was missing and what was not used.</returns>
    /// <exception cref="CheckpointException">
    /// It is not a complete safetensors file, not a regular file, or belongs to another network; or a parameter or running statistic is NaN
    /// or infinite, or a running variance below 0. The message names the tensor, the index in it, and options that would help.
    /// </exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the network.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public LoadResult Load(string path) => Load(path, new LoadOptions());

    /// <summary>
    /// Reads a safetensors file, such as one from PyTorch, according to the options. Either everything accepted is loaded, or nothing is
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

    /// <summary>Runs an action that reads the network's state, while other callers are excluded.</summary>
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
