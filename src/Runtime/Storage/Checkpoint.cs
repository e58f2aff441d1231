using System.Globalization;
using System.Runtime.InteropServices;

namespace NoiseGen.Storage;

/// <summary>The metadata of a checkpoint.</summary>
/// <param name="Step">Training steps; null if the file does not contain them.</param>
/// <param name="About">All metadata.</param>
internal sealed record LoadedCheckpoint(uint? Step, IReadOnlyDictionary<string, string> About);

/// <summary>A network's state as a safetensors file, with that of an optimizer if training is to continue.</summary>
/// <param name="network">The network.</param>
/// <param name="optimizer">The optimizer, attached to the network; null for the network only.</param>
internal sealed class Checkpoint(NetworkModel network, Optimizer? optimizer = null)
{
    /// <summary>How names are read, and what is accepted in loading.</summary>
    public LoadOptions Options { get; init; } = new();

    /// <summary>Writes all tensors to a new file beside the old one, and replaces the old file once the new one is complete.</summary>
    /// <param name="path">The file.</param>
    /// <param name="about">The metadata.</param>
    /// <exception cref="IOException">It cannot be written; an existing file is unchanged.</exception>
    public void Save(string path, IReadOnlyDictionary<string, string>? about = null) =>
        WholeFile.Write(path, stream => Write(stream, about ?? new Dictionary<string, string>()));

    /// <summary>Reads all tensors, and changes the network once they are known to be complete.</summary>
    /// <param name="path">The file.</param>
    /// <param name="accept">Throws if the metadata is not acceptable. It is called first, because it knows better why tensors may not
    /// fit.</param>
    /// <returns>What was loaded, and the step in the file; null if there is none.</returns>
    /// <exception cref="CheckpointException">It is not a complete safetensors file, or belongs to another network.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public (LoadResult Result, uint? Step) Load(string path, Action<LoadedCheckpoint>? accept = null)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        bool tells = uint.TryParse(
            file.Metadata.GetValueOrDefault("step"), NumberStyles.None, CultureInfo.InvariantCulture, out uint number);
        uint? step = tells ? number : null;
        accept?.Invoke(new LoadedCheckpoint(step, file.Metadata));
        LoadPlan plan = LoadPlan.Of(file.Header, [.. StoredTensor.Of(network, optimizer)], Options, path);
        plan.Check(path);
        List<(StoredTensor Tensor, float[] Values)> loaded = [];
        foreach ((StoredTensor tensor, TensorEntry source) in plan.Pairs)
        {
            float[] values = file.Read(source);
            tensor.Check(values, path, Options);
            loaded.Add((tensor, values));
        }

        foreach (StoredTensor tensor in plan.Missing) tensor.Forget();
        foreach ((StoredTensor tensor, float[] values) in loaded) tensor.Restore(values);
        return (plan.Result(), step);
    }

    private void Write(FileStream stream, IReadOnlyDictionary<string, string> about)
    {
        StoredTensor[] tensors = [.. StoredTensor.Of(network, optimizer).Where(tensor => tensor.IsKnown)];
        string[] counters =
            [.. network.Description.Stages.Where(stage => stage.Norm is not null)
                .Select(stage => StoredTensor.NameOf($"{stage.Name}.norm{StoredTensor.Counter}"))];
        List<TensorEntry> entries = [];
        long end = 0;
        void Add(string name, string type, long[] shape, long bytes)
        {
            entries.Add(new(name, type, shape, end, end + bytes));
            end += bytes;
        }

        // The counters of PyTorch's norms come first, so that numbers of eight bytes stay aligned.
        foreach (string counter in counters) Add(counter, "I64", [], sizeof(long));
        foreach (StoredTensor tensor in tensors)
            Add(tensor.Name, TensorConversion.Native, tensor.Shape, (long)tensor.Values.Length * sizeof(float));
        stream.Write(SafetensorsHeader.Write(entries, new Dictionary<string, string>(about)
        {
            ["format"] = "pt",
            ["network"] = network.Description.Name,
            ["step"] = network.Step.ToString(CultureInfo.InvariantCulture),
        }));
        foreach (string _ in counters) stream.Write(BitConverter.GetBytes((long)network.Step));
        foreach (StoredTensor tensor in tensors) stream.Write(MemoryMarshal.AsBytes(tensor.Values));
    }
}
