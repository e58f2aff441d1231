using System.Globalization;
using System.Runtime.InteropServices;

namespace NoiseGen.Storage;

/// <summary>What a checkpoint told beside the tensors.</summary>
/// <param name="Step">Training steps; null where it does not say.</param>
/// <param name="About">All that it says.</param>
internal sealed record LoadedCheckpoint(uint? Step, IReadOnlyDictionary<string, string> About);

/// <summary>
/// A network's state as a safetensors file, with that of an optimizer where training is to go on:
/// what it is made of, written and read.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="optimizer">The optimizer, attached to the network; null for the network alone.</param>
internal sealed class Checkpoint(NetworkModel network, Optimizer? optimizer = null)
{
    /// <summary>How names are read, and what is accepted in loading.</summary>
    public LoadOptions Options { get; init; } = new();

    /// <summary>Writes all tensors to a new file beside the old one, and puts it in its place when it is whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="about">What is said beside the tensors.</param>
    /// <exception cref="IOException">It cannot be written; a file that was there is as it was.</exception>
    public void Save(string path, IReadOnlyDictionary<string, string>? about = null) =>
        WholeFile.Write(path, stream => Write(stream, about ?? new Dictionary<string, string>()));

    /// <summary>Reads all tensors, and changes the network once they are known to be complete.</summary>
    /// <param name="path">The file.</param>
    /// <param name="accept">Throws where what is said beside the tensors is not acceptable;
    /// it is asked first, since it knows better why tensors may not fit.</param>
    /// <returns>What was loaded, and the step that the file tells; null where it does not.</returns>
    /// <exception cref="CheckpointException">It is no whole safetensors file, or another network's.</exception>
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

        // What PyTorch's norms count, first: numbers of eight bytes stay aligned.
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
