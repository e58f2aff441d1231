using System.Reflection;
using System.Text.RegularExpressions;
using NoiseGen.Onnx.Format;

namespace NoiseGen.Onnx.Scaffold;

/// <summary>Names of stages: the model's if it has any, else the operation's with a number.</summary>
internal static partial class StageNames
{
    // Members of every network and block: a stage with such a name is NG0011.
    private static readonly string[] s_taken =
    [
        .. typeof(NeuralNetwork).GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static)
            .Select(member => member.Name),
        .. typeof(BlockStages).GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static)
            .Select(member => member.Name),
        "Create", "Describe",
    ];

    /// <summary>
    /// The model's name for the layer of a node: from its weights, <c>layer1.0.conv1.weight</c>, or from the path in its name,
    /// <c>/layer1/layer1.0/conv1/Conv</c>.
    /// </summary>
    public static string? HintOf(OnnxNode node)
    {
        if (node.HasInput(1) && node.Inputs[1] is var weights && weights.EndsWith(".weight", StringComparison.Ordinal))
            return weights[..^".weight".Length];
        string[] path = node.Name.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (path.Length < 2) return null;
        // /layer1/layer1.0/conv1/Conv contains layer1 twice.
        return string.Join('.', path[..^1].Where((part, place) => !path[place + 1].StartsWith($"{part}.", StringComparison.Ordinal)));
    }

    /// <summary>Names all stages.</summary>
    public static void Give(IReadOnlyList<StageDraft> stages, string network)
    {
        HashSet<string> taken = new(s_taken.Append(network), StringComparer.OrdinalIgnoreCase);
        Dictionary<string, int> counts = [];
        foreach (StageDraft stage in stages)
        {
            string name = FromHint(stage.Hint)
                ?? (stage == stages[^1] ? "Logits" : $"{Kind(stage)}{counts[Kind(stage)] = counts.GetValueOrDefault(Kind(stage)) + 1}");
            string free = name;
            for (int number = 2; !taken.Add(free); number++) free = $"{name}_{number}";
            stage.Name = free;
        }
    }

    /// <summary>The name in C# style: <c>layer1.0.conv1</c> becomes Layer1_0_Conv1. Null if nothing remains of it.</summary>
    public static string? FromHint(string? hint)
    {
        string name = "";
        foreach (Match word in Word().Matches(hint ?? ""))
            name += (name.Length > 0 && char.IsDigit(name[^1]) ? "_" : "") + char.ToUpperInvariant(word.Value[0]) + word.Value[1..];
        if (name.Length == 0) return null;
        return char.IsDigit(name[0]) ? $"Layer{name}" : name;
    }

    private static string Kind(StageDraft stage) => stage switch
    {
        { Linear.Dimensions.Length: 2 } => "Dense",
        { Linear: not null } => "Conv",
        { Norm: not null } => "Norm",
        { Merge.Kind: var kind } => kind.ToString(),
        { Activation: not null } => "Activation",
        { Pool: not null } => "Pool",
        _ => "Dropout",
    };

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex Word();
}
