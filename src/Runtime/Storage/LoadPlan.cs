namespace NoiseGen.Storage;

/// <summary>Maps the tensors of a file to those of a network, and records which are unmatched on either side.</summary>
internal sealed class LoadPlan
{
    private readonly SafetensorsHeader _header;
    private readonly StoredTensor[] _tensors;
    private readonly LoadOptions _options;
    private readonly Dictionary<string, TensorEntry> _sources = []; // by the network's names
    private readonly List<(StoredTensor Tensor, TensorEntry Source)> _pairs = [], _mismatched = [];
    private readonly List<StoredTensor> _missing = [];
    private readonly List<string> _missed = []; // those of them that the network has now
    private readonly List<TensorEntry> _strangers = [], _leftOut = [];

    private LoadPlan(SafetensorsHeader header, StoredTensor[] tensors, LoadOptions options) =>
        (_header, _tensors, _options) = (header, tensors, options);

    /// <summary>The tensors that are loaded, and their sources.</summary>
    public IReadOnlyList<(StoredTensor Tensor, TensorEntry Source)> Pairs => _pairs;

    /// <summary>The network's tensors that the file does not have.</summary>
    public IReadOnlyList<StoredTensor> Missing => _missing;

    /// <summary>Whether file and network have the same tensors in the same shapes.</summary>
    public bool IsWhole => _mismatched.Count == 0 && _missing.All(tensor => tensor.MayBeMissing) && !_strangers.Exists(IsUnknown);

    /// <summary>Makes the plan that the options describe, acceptable or not.</summary>
    /// <exception cref="CheckpointException">Two tensors of the file map to the same tensor of the network.</exception>
    public static LoadPlan Of(SafetensorsHeader header, StoredTensor[] tensors, LoadOptions options, string path)
    {
        var plan = new LoadPlan(header, tensors, options);
        foreach ((string source, string? name) in TensorNaming.Read(header, tensors, options))
        {
            if (name is null) plan._leftOut.Add(header.Tensors[source]);
            else if (!plan._sources.TryAdd(name, header.Tensors[source]))
                throw new CheckpointException(path, $"its tensors '{plan._sources[name].Name}' and '{source}' are both read as '{name}'");
        }

        plan.Pair();
        return plan;
    }

    /// <exception cref="CheckpointException">The options do not accept the plan. The message names the first fault, and options that would
    /// help.</exception>
    public void Check(string path)
    {
        if (FirstFault() is { } fault) throw new CheckpointException(path, fault + LoadAdvice.For(_header, _tensors, _options, path));
    }

    public LoadResult Result() => new(
        [.. _pairs.Select(pair => new LoadedTensor(pair.Tensor.Name, pair.Source.Name, pair.Source.Type))],
        [.. _missed],
        [.. _strangers.Concat(_leftOut).Select(tensor => tensor.Name)],
        [.. _mismatched.Select(Mismatch)]);

    private static MismatchedTensor Mismatch((StoredTensor Tensor, TensorEntry Source) pair) =>
        new(pair.Tensor.Name, pair.Source.Name, [.. pair.Tensor.Shape], [.. pair.Source.Shape]);

    private void Pair()
    {
        HashSet<TensorEntry> used = [];
        foreach (StoredTensor tensor in _tensors)
        {
            if (!_sources.TryGetValue(tensor.Name, out TensorEntry? source) || tensor.Other is { } other && !_sources.ContainsKey(other))
            {
                _missing.Add(tensor);
                if (tensor.IsKnown) _missed.Add(tensor.Name);
                continue;
            }

            used.Add(source);
            (source.Shape.SequenceEqual(tensor.Shape) ? _pairs : _mismatched).Add((tensor, source));
        }

        _strangers.AddRange(_sources.Where(source => !used.Contains(source.Value) && !IsOfTraining(source.Key))
            .Select(source => source.Value));
    }

    private string? FirstFault()
    {
        if (!_options.Strict)
            return WrongType() ?? (_pairs.Count == 0 ? $"none of its tensors fits the network: it has {_header.ListOfNames()}" : null);
        HashSet<StoredTensor> missing = [.. _missing.Where(tensor => !tensor.MayBeMissing)];
        foreach (StoredTensor tensor in _tensors)
        {
            if (missing.Contains(tensor))
                return $"it has no tensor '{tensor.Name}' of F32 {tensor.ShapeText}; it has {_header.ListOfNames()}";
            if (Fault(tensor) is { } fault) return fault;
        }

        return _strangers.Find(IsUnknown) is { } stranger
            ? $"it has a tensor '{stranger.Name}' that the network does not: it is another network's"
            : null;
    }

    private string? WrongType() => _pairs.Select(pair => TypeFault(pair.Source)).FirstOrDefault(fault => fault is not null);

    private string? Fault(StoredTensor tensor)
    {
        if (_missing.Contains(tensor)) return null;
        TensorEntry source = _sources[tensor.Name];
        return TypeFault(source) ?? (source.Shape.SequenceEqual(tensor.Shape)
            ? null
            : $"tensor '{source.Name}' has the shape {source.ShapeText}; {tensor.ShapeText} is expected");
    }

    private string? TypeFault(TensorEntry source)
    {
        if (_options.ConvertTypes) return TensorConversion.IsKnown(source.Type) ? null : TensorConversion.Refusal(source);
        return source.Type == TensorConversion.Native
            ? null
            : $"tensor '{source.Name}' is of {source.Type}; {TensorConversion.Native} is expected";
    }

    // Values of quantizers and sites that the network does not have can be ignored.
    private bool IsUnknown(TensorEntry stranger)
    {
        string name = _sources.First(source => source.Value == stranger).Key;
        return !name.EndsWith(".range", StringComparison.Ordinal) && !name.Contains(".quantizer.", StringComparison.Ordinal)
            && !name.Contains(".weight_quantizer.", StringComparison.Ordinal);
    }

    private static bool IsOfTraining(string name) =>
        name.EndsWith(StoredTensor.Counter, StringComparison.Ordinal)
            || name.StartsWith(StoredTensor.OptimizerPrefix, StringComparison.Ordinal);
}
