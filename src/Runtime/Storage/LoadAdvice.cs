namespace NoiseGen.Storage;

/// <summary>Finds options that would help when a file is rejected.</summary>
internal static class LoadAdvice
{
    // Least share of the network's tensors that must be found: fewer may match by chance, and a file of another network deserves no advice.
    private const double LeastShare = 0.5;

    /// <summary>
    /// Such as <c>. conv1.weight → Conv1.weight? With new LoadOptions { Names = TensorNames.PyTorch } 62 of the network's 62 tensors are
    /// found</c>; empty if no options help.
    /// </summary>
    public static string For(SafetensorsHeader header, StoredTensor[] tensors, LoadOptions options, string path)
    {
        // A training continues with all of its file or not at all.
        if (Array.Exists(tensors, tensor => tensor.Name.StartsWith(StoredTensor.OptimizerPrefix, StringComparison.Ordinal))) return "";
        LoadPlan? best = null;
        LoadOptions advised = options;
        foreach (LoadOptions candidate in Readings(header, options))
        {
            if (TryPlan(candidate) is not { } plan || plan.Pairs.Count <= (best?.Pairs.Count ?? 0)) continue;
            (best, advised) = (plan, candidate);
        }

        if (best is null || best.Pairs.Count < LeastShare * tensors.Length) return "";
        if (best.Pairs.Any(pair => pair.Source.Type != TensorConversion.Native)) advised = advised with { ConvertTypes = true };
        if (!best.IsWhole) advised = advised with { Strict = false };
        string found = $"{best.Pairs.Count} of the network's {tensors.Length} tensors are found";
        return advised == options ? "" : $". {Example(best)}With new LoadOptions {{ {Text(advised)} }} {found}";

        LoadPlan? TryPlan(LoadOptions candidate)
        {
            try
            {
                return LoadPlan.Of(header, tensors, candidate, path);
            }
            catch (CheckpointException)
            {
                return null; // it reads two names as one
            }
        }
    }

    // The current options come first: others must find more tensors.
    private static IEnumerable<LoadOptions> Readings(SafetensorsHeader header, LoadOptions options)
    {
        yield return options;
        if (options.Prefix.Length == 0 && CommonPrefix(header) is { Length: > 0 } prefix)
        {
            yield return options with { Prefix = prefix };
            yield return options with { Prefix = prefix, Names = TensorNames.PyTorch };
        }

        yield return options with { Names = TensorNames.PyTorch };
    }

    // The whole words that all names begin with.
    private static string CommonPrefix(SafetensorsHeader header)
    {
        string[] names = [.. header.Tensors.Keys];
        if (names.Length < 2) return "";
        string common = names.Aggregate((left, right) => left[..left.AsSpan().CommonPrefixLength(right)]);
        return common[..(common.LastIndexOf('.') + 1)];
    }

    private static string Example(LoadPlan plan) =>
        plan.Pairs.FirstOrDefault(pair => pair.Source.Name != pair.Tensor.Name) is ({ } tensor, { } source)
            ? $"{source.Name} → {tensor.Name}? "
            : "";

    private static string Text(LoadOptions options)
    {
        List<string> parts = [];
        if (options.Prefix.Length > 0) parts.Add($"Prefix = \"{options.Prefix}\"");
        if (options.Rename is not null) parts.Add("Rename = …");
        if (options.Names != TensorNames.Declared) parts.Add($"{nameof(options.Names)} = {nameof(TensorNames)}.{options.Names}");
        if (options.ConvertTypes) parts.Add($"{nameof(options.ConvertTypes)} = true");
        if (options.AllowNonFinite) parts.Add($"{nameof(options.AllowNonFinite)} = true");
        if (!options.Strict) parts.Add($"{nameof(options.Strict)} = false");
        return string.Join(", ", parts);
    }
}
