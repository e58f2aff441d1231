namespace NoiseGen.Storage;

/// <summary>Translates the names of a file to those of a network.</summary>
internal static class TensorNaming
{
    /// <summary>Reads the names of a file.</summary>
    /// <returns>The name in the network for each name in the file: the same name if nothing is known about it, null if it was left
    /// out.</returns>
    public static IReadOnlyDictionary<string, string?> Read(SafetensorsHeader header, StoredTensor[] tensors, LoadOptions options)
    {
        Dictionary<string, string?> names = header.Tensors.Keys.ToDictionary(name => name, name => Renamed(name, options));
        if (options.Names == TensorNames.Declared) return names;

        // If two tensors get the same name, the plan reports the error.
        ILookup<string, TensorEntry> found = header.Tensors.Values.Where(tensor => names[tensor.Name] is not null)
            .ToLookup(tensor => names[tensor.Name]!);
        IReadOnlyDictionary<string, string> read = PyTorchNames.Read(
            [.. found.Select(tensor => new NamedShape(tensor.Key, tensor.First().Shape))],
            [.. tensors.Select(tensor => new NamedShape(tensor.Name, tensor.Shape))]);
        return names.ToDictionary(name => name.Key, name => name.Value is null ? null : read.GetValueOrDefault(name.Value, name.Value));
    }

    private static string? Renamed(string name, LoadOptions options)
    {
        string rest = name.StartsWith(options.Prefix, StringComparison.Ordinal) ? name[options.Prefix.Length..] : name;
        return options.Rename is null ? rest : options.Rename(rest);
    }
}

/// <summary>The name and shape of a tensor.</summary>
internal sealed record NamedShape(string Name, long[] Shape);
