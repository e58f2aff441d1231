using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Graph;

/// <summary>The class whose stages are read: the network, or one repetition of a block.</summary>
/// <param name="Prefix">The prefix of the stages' names in a path, such as <c>Layer2[1].</c>; empty for the network.</param>
/// <param name="Use">The network's attribute that repeats the block; null for the network.</param>
/// <param name="Input">Index of the stage whose output the first stage reads.</param>
/// <param name="Channels">The value of <see cref="Block.Channels"/>.</param>
/// <param name="Stride">The value of <see cref="Block.Stride"/>.</param>
/// <param name="Policies">The attributes of the property that repeats a block and of the block, nearest first; without the
/// network's.</param>
internal sealed record StageScope(
    string Prefix, Place? Use, int Input, int Channels, int Stride, IReadOnlyList<EquatableArray<AttributeDeclaration>> Policies)
{
    /// <summary>The scope of the network's own stages.</summary>
    public static StageScope Network() => new("", null, -1, 0, 0, []);

    /// <summary>The stages read so far, by name: index of the stage that computes each one's output.</summary>
    public Dictionary<string, int> Names { get; } = [];

    /// <summary>The names of all stages, including those not read yet.</summary>
    public HashSet<string> Declared { get; } = new(StringComparer.OrdinalIgnoreCase);

    public bool IsBlock => Use is not null;

    /// <summary>The place of an attribute; in a block, the place that uses the block.</summary>
    public Place At(int stage, int attribute, string? argument) => Use ?? new Place(stage, attribute, argument);
}
