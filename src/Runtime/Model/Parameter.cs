using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>A trainable tensor and its gradient, both views of the network's memory.</summary>
public sealed class Parameter
{
    private readonly Arena _values;
    private readonly Arena _gradients;

    internal Parameter(ParameterDescription description, Arena values, Arena gradients) =>
        (Description, _values, _gradients) = (description, values, gradients);

    /// <summary>Name, dimensions and offset.</summary>
    public ParameterDescription Description { get; }

    internal Arena Memory => _values;

    /// <summary>Path as in a PyTorch state dict, such as <c>Conv1.weight</c>.</summary>
    public string Name => Description.Name;

    /// <summary>The values in PyTorch's layout; write to change them.</summary>
    public Span<float> Values => _values.Span(Description.Offset, Description.Count);

    /// <summary>The mean loss's gradient after the latest step, in the same layout.</summary>
    public ReadOnlySpan<float> Gradients => _gradients.Span(Description.Offset, Description.Count);
}
