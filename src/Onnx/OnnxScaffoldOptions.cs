using System.Text.RegularExpressions;

namespace NoiseGen.Onnx;

/// <summary>What is written of a model.</summary>
public sealed partial record OnnxScaffoldOptions
{
    /// <summary>Name of the class, which C# and the language allow.</summary>
    /// <exception cref="ArgumentException">It is no name for a class.</exception>
    public string ClassName
    {
        get;
        init => field = Name().IsMatch(value) ? value
            : throw new ArgumentException($"'{value}' is no name for a class: letters, digits and _ are, not beginning with a digit.",
            nameof(value));
    } = "Model";

    /// <summary>Its namespace; null for none.</summary>
    /// <exception cref="ArgumentException">It is no name for a namespace.</exception>
    public string? Namespace
    {
        get;
        init => field = value is null || value.Split('.').All(part => Name().IsMatch(part))
            ? value
            : throw new ArgumentException($"'{value}' is no name for a namespace: names with dots between them are.", nameof(value));
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex Name();
}
