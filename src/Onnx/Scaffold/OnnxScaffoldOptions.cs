using System.Text.RegularExpressions;

namespace NoiseGen.Onnx;

/// <summary>Names in a scaffolded declaration.</summary>
public sealed partial record OnnxScaffoldOptions
{
    /// <summary>Name of the class: a valid name in C# and in the language.</summary>
    /// <exception cref="ArgumentException">It is not a valid name for a class.</exception>
    public string ClassName
    {
        get;
        init => field = Name().IsMatch(value) ? value
            : throw new ArgumentException($"'{value}' is not a valid class name; use letters, digits and _, and do not begin with a digit.",
            nameof(value));
    } = "Model";

    /// <summary>Its namespace; null for none.</summary>
    /// <exception cref="ArgumentException">It is not a valid name for a namespace.</exception>
    public string? Namespace
    {
        get;
        init => field = value is null || value.Split('.').All(part => Name().IsMatch(part))
            ? value
            : throw new ArgumentException($"'{value}' is not a valid namespace; use names separated by dots.", nameof(value));
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex Name();
}
