using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// A running statistic of a batch norm, or the number of steps in which a learned scale was collected. A view of the network's memory:
/// training updates it, and evaluation uses it.
/// </summary>
public sealed class Statistic
{
    private readonly Arena _values;

    internal Statistic(ParameterDescription description, Arena values) => (Description, _values) = (description, values);

    /// <summary>Name, dimensions and offset.</summary>
    public ParameterDescription Description { get; }

    internal Arena Memory => _values;

    /// <summary>Path, such as <c>Conv1.norm.running_mean</c>.</summary>
    public string Name => Description.Name;

    /// <summary>One value for each channel, or the number of collected steps; write to change them.</summary>
    public Span<float> Values => _values.Span(Description.Offset, Description.Count);
}
