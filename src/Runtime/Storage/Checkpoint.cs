using System.Globalization;
using System.Runtime.InteropServices;

namespace NoiseGen.Storage;

/// <summary>What a checkpoint told beside the tensors.</summary>
/// <param name="Step">Training steps; null where it does not say.</param>
/// <param name="About">All that it says.</param>
internal sealed record LoadedCheckpoint(uint? Step, IReadOnlyDictionary<string, string> About);

/// <summary>A network's state as a safetensors file, with that of an optimizer where training is to go on: what it is made of, written and read.</summary>
/// <param name="network">The network.</param>
/// <param name="optimizer">The optimizer, attached to the network; null for the network alone.</param>
internal sealed class Checkpoint(NeuralNetwork network, Optimizer? optimizer = null)
{
    private const string Tracked = ".num_batches_tracked", OptimizerPrefix = "__optimizer__.";

    /// <summary>What is accepted in loading.</summary>
    public LoadOptions Options { get; init; } = new();

    /// <summary>Writes all tensors to a new file beside the old one, and puts it in its place when it is whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="about">What is said beside the tensors.</param>
    /// <exception cref="IOException">It cannot be written; a file that was there is as it was.</exception>
    public void Save(string path, IReadOnlyDictionary<string, string>? about = null) =>
        WholeFile.Write(path, stream => Write(stream, about ?? new Dictionary<string, string>()));

    /// <summary>Reads all tensors, and changes the network once they are known to be complete.</summary>
    /// <param name="path">The file.</param>
    /// <param name="accept">Throws where what is said beside the tensors is not acceptable; it is asked first, since it knows better why tensors may not fit.</param>
    /// <exception cref="CheckpointException">It is no whole safetensors file, or another network's.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public uint? Load(string path, Action<LoadedCheckpoint>? accept = null)
    {
        using FileStream stream = Open(path);
        SafetensorsHeader header = SafetensorsHeader.Read(stream, path);
        bool tells = uint.TryParse(header.Metadata.GetValueOrDefault("step"), NumberStyles.None, CultureInfo.InvariantCulture, out uint number);
        uint? step = tells ? number : null;
        accept?.Invoke(new LoadedCheckpoint(step, header.Metadata));
        State[] states = [.. States()];
        Check(header, states, path);
        float[]?[] values = Array.ConvertAll(states, state => header.Tensors.TryGetValue(state.Name, out TensorEntry? tensor)
            ? ReadValues(stream, header.DataStart + tensor.Begin, state.Count)
            : null);
        foreach ((State state, float[]? loaded) in states.Zip(values))
        {
            if (loaded is not null) state.Check(loaded, path, Options);
        }

        foreach ((State state, float[]? loaded) in states.Zip(values))
        {
            if (loaded is null) state.Forget();
            else state.Restore(loaded);
        }

        return step;
    }

    // A file that may not be read is no IOException by itself.
    private static FileStream Open(string path)
    {
        if (FileKind.Irregular(path) is { } kind) throw new CheckpointException(path, $"expected a regular file, found {kind}");
        try
        {
            return File.OpenRead(path);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new IOException($"{path}: expected a readable file, found: {failure.Message}", failure);
        }
    }

    private static float[] ReadValues(FileStream stream, long place, int count)
    {
        var values = new float[count];
        stream.Position = place;
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private void Write(FileStream stream, IReadOnlyDictionary<string, string> about)
    {
        State[] states = [.. States().Where(state => state.IsKnown)];
        string[] counters = [.. network.Description.Stages.Where(stage => stage.Norm is not null).Select(stage => NameOf($"{stage.Name}.norm{Tracked}"))];
        List<TensorEntry> entries = [];
        long end = 0;
        void Add(string name, string type, long[] shape, long bytes)
        {
            entries.Add(new(name, type, shape, end, end + bytes));
            end += bytes;
        }

        // What PyTorch's norms count, first: numbers of eight bytes stay aligned.
        foreach (string counter in counters) Add(counter, "I64", [], sizeof(long));
        foreach (State state in states) Add(state.Name, "F32", state.Shape, (long)state.Values.Length * sizeof(float));
        stream.Write(SafetensorsHeader.Write(entries, new Dictionary<string, string>(about)
        {
            ["format"] = "pt",
            ["network"] = network.Description.Name,
            ["step"] = network.Step.ToString(CultureInfo.InvariantCulture),
        }));
        foreach (string _ in counters) stream.Write(BitConverter.GetBytes((long)network.Step));
        foreach (State state in states) stream.Write(MemoryMarshal.AsBytes(state.Values));
    }

    private static void Check(SafetensorsHeader header, State[] states, string path)
    {
        foreach (State state in states)
        {
            if (!header.Tensors.TryGetValue(state.Name, out TensorEntry? found))
            {
                if (state.MayBeUnknown) continue;
                throw new CheckpointException(path, $"it has no tensor '{state.Name}' of F32 [{string.Join(", ", state.Shape)}]; it has {List(header)}");
            }

            if (found.Type != "F32") throw new CheckpointException(path, $"tensor '{state.Name}' is of {found.Type}; F32 is expected");
            if (!found.Shape.SequenceEqual(state.Shape))
                throw new CheckpointException(path, $"tensor '{state.Name}' has the shape {found.ShapeText}; [{string.Join(", ", state.Shape)}] is expected");
        }

        HashSet<string> known = [.. states.Select(state => state.Name)];
        foreach (string name in header.Tensors.Keys)
        {
            bool isOther = !name.EndsWith(Tracked, StringComparison.Ordinal) && !name.StartsWith(OptimizerPrefix, StringComparison.Ordinal);
            if (isOther && !known.Contains(name))
                throw new CheckpointException(path, $"it has a tensor '{name}' that the network does not: it is another network's");
        }
    }

    private static string List(SafetensorsHeader header)
    {
        const int Most = 8;
        string names = string.Join(", ", header.Tensors.Keys.Take(Most));
        return header.Tensors.Count > Most ? $"{names} and {header.Tensors.Count - Most} more" : names.Length == 0 ? "none" : names;
    }

    private IEnumerable<State> States()
    {
        HashSet<string?> variances = [.. network.Description.Stages.Select(stage => stage.Norm?.RunningVariance.Name)];
        foreach (Parameter parameter in network.Parameters)
            yield return new Tensor(parameter.Description, parameter.Memory, float.MinValue);
        foreach (Statistic statistic in network.Statistics)
            yield return new Tensor(statistic.Description, statistic.Memory, variances.Contains(statistic.Name) ? 0f : float.MinValue);
        foreach (Stage stage in network.Stages)
        {
            if (stage.Description.WeightQuantizer is not null) yield return new WeightBits(stage);
            if (stage.Description.ActivationQuantizer is not { } quantizer) continue;
            var bits = new ActivationBits(stage);
            yield return bits;
            yield return new Scale(stage, bits);
        }

        foreach (NoiseSite site in network.Noise.Where(site => site.Description.Unit == SigmaUnit.Range)) yield return new Range(site);
        foreach ((int index, Arena arena) in (optimizer?.State?.Arenas ?? []).Index()) yield return new Whole($"{OptimizerPrefix}{index}", arena);
    }

    /// <summary>A tensor's name in files, with indexes as PyTorch's module lists write them: that of Layer2[1].Conv1.weight is Layer2.1.Conv1.weight.</summary>
    /// <param name="path">Its path.</param>
    public static string NameOf(string path) => path.Replace('[', '.').Replace("]", "", StringComparison.Ordinal);

    /// <summary>A part of the network's state.</summary>
    private abstract class State(string path, long[] shape)
    {
        public string Name { get; } = NameOf(path);

        public long[] Shape => shape;

        public int Count => (int)shape.Aggregate(1L, (product, dimension) => product * dimension);

        /// <summary>Whether a file without it is as good.</summary>
        public virtual bool MayBeUnknown => false;

        /// <summary>Whether there is something to write.</summary>
        public virtual bool IsKnown => true;

        public abstract ReadOnlySpan<float> Values { get; }

        public virtual void Check(float[] loaded, string file, LoadOptions options)
        {
        }

        public abstract void Restore(float[] loaded);

        /// <summary>What a file means that does not have it.</summary>
        public virtual void Forget()
        {
        }
    }

    private sealed class Tensor(ParameterDescription description, Arena memory, float least)
        : State(description.Name, [.. description.Dimensions.Select(dimension => (long)dimension)])
    {
        public override ReadOnlySpan<float> Values => memory.Span(description.Offset, description.Count);

        public override void Check(float[] loaded, string file, LoadOptions options)
        {
            int wrong = Array.FindIndex(loaded, value => float.IsFinite(value) ? value < least : !options.AllowNonFinite);
            if (wrong < 0) return;
            string allowed = least == float.MinValue ? "a finite number" : $"a finite number, at least {least},";
            string value = loaded[wrong].ToString(CultureInfo.InvariantCulture);
            throw new CheckpointException(file, $"tensor '{Name}' has the value {value} at [{PlaceOf(wrong)}]; {allowed} is expected");
        }

        // By PyTorch's index, row by row.
        private string PlaceOf(int index)
        {
            var places = new int[description.Dimensions.Length];
            for (int i = places.Length - 1; i >= 0; i--) (index, places[i]) = Math.DivRem(index, description.Dimensions[i]);
            return string.Join(", ", places);
        }

        public override void Restore(float[] loaded) => loaded.CopyTo(memory.Span(description.Offset, description.Count));
    }

    // Its values are not checked: an infinite second moment is what a run can have and go on with, and it has to do so with the same bits.
    private sealed class Whole(string name, Arena memory) : State(name, [memory.Length])
    {
        public override ReadOnlySpan<float> Values => memory.Span(0, memory.Length);

        public override void Restore(float[] loaded) => loaded.CopyTo(memory.Span(0, memory.Length));
    }

    // A number that a file without it leaves as it is: those of other tools, and of versions whose bits were as declared.
    private abstract class Bits(string path) : State(path, [])
    {
        public override bool MayBeUnknown => true;

        public override ReadOnlySpan<float> Values => new float[] { Current };

        protected abstract int Current { get; }

        protected abstract string Allowed { get; }

        public override void Check(float[] loaded, string file, LoadOptions options)
        {
            if (!float.IsInteger(loaded[0]) || !IsAllowed((int)loaded[0]))
                throw new CheckpointException(file, FormattableString.Invariant($"tensor '{Name}' has the value {loaded[0]}; {Allowed} bits, or 0, are expected"));
        }

        protected abstract bool IsAllowed(int bits);
    }

    private sealed class WeightBits(Stage stage) : Bits($"{stage.Name}.weight_quantizer.bits")
    {
        protected override int Current => stage.WeightQuantizer.Bits;

        protected override string Allowed => $"2 … {QuantizerBits.Most}";

        public override void Restore(float[] loaded) => stage.WeightQuantizer.Bits = (int)loaded[0];

        protected override bool IsAllowed(int bits) => WeightQuantizer.IsBits(bits);
    }

    private sealed class ActivationBits(Stage stage) : Bits($"{stage.Name}.quantizer.bits")
    {
        private readonly ActivationQuantizerDescription _description = stage.Quantizer.Description;

        /// <summary>Those that the file asks for, once they were checked.</summary>
        public int Asked { get; private set; } = stage.Quantizer.Bits;

        protected override int Current => stage.Quantizer.Bits;

        protected override string Allowed => $"{(_description.Signed ? 2 : 1)} … {QuantizerBits.Most}";

        public override void Check(float[] loaded, string file, LoadOptions options)
        {
            base.Check(loaded, file, options);
            Asked = (int)loaded[0];
        }

        public override void Restore(float[] loaded) => stage.Quantizer.Restore((int)loaded[0]);

        protected override bool IsAllowed(int bits) => ActivationQuantizer.IsBits(bits, _description);
    }

    // Checked behind its bits: with them it makes the range. A file without one has a learned scale, if the stage can have one.
    private sealed class Scale(Stage stage, ActivationBits bits) : State($"{stage.Name}.quantizer.scale", [])
    {
        public override bool MayBeUnknown => stage.Quantizer.Description.Learned is not null;

        public override bool IsKnown => !stage.Quantizer.IsLearned;

        public override ReadOnlySpan<float> Values => new float[] { stage.Quantizer.Scale };

        public override void Check(float[] loaded, string file, LoadOptions options)
        {
            if (!ActivationQuantizer.IsScale(loaded[0], bits.Asked))
                throw new CheckpointException(file, $"tensor '{Name}' has the value {loaded[0]}; a scale above 0 with a finite range is expected");
        }

        public override void Restore(float[] loaded) => stage.Quantizer.Restore(loaded[0]);

        public override void Forget() => stage.Quantizer.IsLearned = true;
    }

    // Known once the network was calibrated. A file of one that was not, or of another tool, makes it one that was not.
    private sealed class Range(NoiseSite site) : State($"{site.Name}.range", [])
    {
        public override bool MayBeUnknown => true;

        public override bool IsKnown => site.Range is not null;

        public override ReadOnlySpan<float> Values => new float[] { site.Range!.Value };

        public override void Check(float[] loaded, string file, LoadOptions options)
        {
            if (!Setting.IsNotNegative(loaded[0])) throw new CheckpointException(file, $"tensor '{Name}' has the value {loaded[0]}; a finite range, at least 0, is expected");
        }

        public override void Restore(float[] loaded) => site.Range = loaded[0];

        public override void Forget() => site.Range = null;
    }
}
