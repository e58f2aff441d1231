using System.Text;

namespace NoiseGen.Onnx.Scaffold;

/// <summary>Writes the class of a network.</summary>
internal static class Declaration
{
    private const int LongestLine = 130;
    private const float DefaultEpsilon = 1e-5f, DefaultMomentum = 0.1f, DefaultRate = 0.5f;

    /// <param name="translation">The stages, with their names.</param>
    /// <param name="options">Names of class and namespace.</param>
    /// <param name="comment">The comment above the class.</param>
    public static string Of(Translation translation, OnnxScaffoldOptions options, string comment)
    {
        Shape input = translation.Input;
        var text = new StringBuilder("using NoiseGen;\n\n");
        if (options.Namespace is { } space) text.Append($"namespace {space};\n\n");
        text.Append($"// {comment}\n");
        foreach (string note in translation.Notes) text.Append($"// {note}.\n");
        text.Append($"[Network({(input.IsFlat ? $"{input.Channels}" : $"{input.Channels}, {input.Height}, {input.Width}")})]\n");
        text.Append($"public sealed partial class {options.ClassName}\n{{\n");
        foreach ((int index, StageDraft stage) in translation.Stages.Index())
        {
            string attributes = $"[{string.Join(", ", Attributes(translation.Stages, index))}]",
                property = $"public partial Stage {stage.Name} {{ get; }}";
            string between = attributes.Length + property.Length < LongestLine ? " " : "\n    ";
            text.Append($"    {attributes}{between}{property}\n");
        }

        return text.Append("}\n").ToString();
    }

    private static IEnumerable<string> Attributes(IReadOnlyList<StageDraft> stages, int index)
    {
        StageDraft stage = stages[index];
        if (stage.Source != index - 1) yield return stage.Source < 0 ? "From" : $"From(nameof({stages[stage.Source].Name}))";
        if (stage.Linear is { } linear) yield return $"{linear.Attribute}{(linear.Biases is null ? ", Bias = false" : "")})";
        if (stage.Norm is { } norm) yield return Norm(norm);
        if (stage.Merge is { } merge)
        {
            string word = merge.Kind == MergeKind.Sum ? "Add" : "Concat";
            yield return merge.Other < 0 ? word : $"{word}(nameof({stages[merge.Other].Name}))";
        }

        if (stage.Activation is { } activation) yield return activation;
        if (stage.Pool is { } pool) yield return pool;
        if (stage.Dropout > 0f) yield return stage.Dropout == DefaultRate ? "Dropout" : $"Dropout({AttributeText.Number(stage.Dropout)})";
    }

    private static string Norm(NormDraft norm)
    {
        List<string> properties = [];
        if (norm.Epsilon != DefaultEpsilon) properties.Add($"Epsilon = {AttributeText.Number(norm.Epsilon)}");
        if (norm.Momentum != DefaultMomentum) properties.Add($"Momentum = {AttributeText.Number(norm.Momentum)}");
        return properties.Count == 0 ? "BatchNorm" : $"BatchNorm({string.Join(", ", properties)})";
    }
}
