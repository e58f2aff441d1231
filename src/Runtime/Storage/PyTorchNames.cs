namespace NoiseGen.Storage;

/// <summary>
/// Matches the modules of a PyTorch file to the layers of a network. First by name: <c>layer1.0.conv2</c> is Layer1.0.Conv2, <c>bn2</c> its
/// norm, <c>downsample.0</c> Projection. Then by the shape of the weights, in the order of the numbers in the names, if there are as many
/// modules as layers of a shape: this finds <c>features.3</c>. Then the only remaining dense layer is the head, whatever its number of
/// classes, and a norm belongs to the layer that its module follows.
/// </summary>
internal sealed class PyTorchNames
{
    private readonly List<TensorModule> _modules, _layers; // of the file and of the network, not found yet
    private readonly Dictionary<TensorModule, TensorModule> _found = [];
    private readonly TensorModule[] _all;

    private PyTorchNames(IReadOnlyList<NamedShape> file, IReadOnlyList<NamedShape> network)
    {
        _all = [.. TensorModule.Of(file)];
        (_modules, _layers) = ([.. _all], [.. TensorModule.Of(network)]);
    }

    /// <summary>The network's names for the matched names of a file.</summary>
    /// <param name="file">The file's tensors.</param>
    /// <param name="network">The network's tensors, in the order of its stages.</param>
    public static IReadOnlyDictionary<string, string> Read(IReadOnlyList<NamedShape> file, IReadOnlyList<NamedShape> network)
    {
        var names = new PyTorchNames(file, network);
        names.FindByName();
        names.FindByShape(ModuleKind.Linear);
        names.FindHead();
        names.FindNorms();
        names.FindByShape(ModuleKind.Norm);
        return names._found
            .SelectMany(pair => pair.Key.Members.Select(member => (From: pair.Key.Path + member, To: pair.Value.Path + member)))
            .ToDictionary(name => name.From, name => name.To);
    }

    private void FindByName()
    {
        ILookup<string, TensorModule> layers = _layers.ToLookup(layer => layer.Key);
        foreach (IGrouping<string, TensorModule> modules in _modules.ToArray().GroupBy(module => module.Key))
        {
            if (modules.Count() == 1 && layers[modules.Key].Count() == 1 && layers[modules.Key].First().Kind == modules.First().Kind)
                Find(modules.First(), layers[modules.Key].First());
        }
    }

    // Numbers define an order, words do not: modules of one shape are matched only if their names differ in nothing but numbers.
    private void FindByShape(ModuleKind kind)
    {
        ILookup<string, TensorModule> layers = _layers.Where(layer => layer.Kind == kind).ToLookup(layer => layer.ShapeText);
        TensorModule[] left = [.. _modules.Where(module => module.Kind == kind)];
        foreach (IGrouping<string, TensorModule> modules in left.GroupBy(module => module.ShapeText))
        {
            TensorModule[] ordered = [.. modules.Order(TensorModule.ByNumbers)], targets = [.. layers[modules.Key]];
            if (ordered.Length != targets.Length || ordered.DistinctBy(module => module.Family).Count() > 1) continue;
            foreach ((TensorModule module, TensorModule layer) in ordered.Zip(targets)) Find(module, layer);
        }
    }

    private void FindHead()
    {
        TensorModule[] modules = [.. _modules.Where(module => module.IsDense)], layers = [.. _layers.Where(layer => layer.IsDense)];
        if (modules is [var module] && layers is [var layer] && module.Shape[1] == layer.Shape[1]) Find(module, layer);
    }

    private void FindNorms()
    {
        foreach (TensorModule norm in _modules.Where(module => module.Kind == ModuleKind.Norm).ToArray())
        {
            if (Before(norm) is not { } linear || !_found.TryGetValue(linear, out TensorModule? layer)) continue;
            if (_layers.Find(one => one.Path == layer.Path + TensorModule.NormOf) is { } target) Find(norm, target);
        }
    }

    // conv2 before bn2, and in a sequence the one with the next lower number.
    private TensorModule? Before(TensorModule norm)
    {
        TensorModule[] beside = [.. _all.Where(module => module.Kind == ModuleKind.Linear && module.Parent == norm.Parent)];
        if (int.TryParse(norm.Last, out int place))
            return beside.Where(module => int.TryParse(module.Last, out int number) && number < place)
                .MaxBy(module => int.Parse(module.Last));
        TensorModule[] alike = [.. beside.Where(module => module.Number == norm.Number)];
        return alike is [var only] ? only : null;
    }

    private void Find(TensorModule module, TensorModule layer)
    {
        _found.Add(module, layer);
        _modules.Remove(module);
        _layers.Remove(layer);
    }
}
