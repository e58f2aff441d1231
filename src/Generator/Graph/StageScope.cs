using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Graph;

/// <summary>The class whose stages are read: the network, or one repetition of a block.</summary>
/// <param name="Prefix">What comes before the stages' names in a path, such as <c>Layer2[1].</c>; empty for the network.</param>
/// <param name="Use">The attribute of the network that uses the block; null for the network.</param>
/// <param name="Input">Index of the stage whose output the first stage reads.</param>
/// <param name="Channels">What <see cref="Block.Channels"/> stands for.</param>
/// <param name="Stride">What <see cref="Block.Stride"/> stands for.</param>
/// <param name="Policies">The attributes of what uses a block and of the block, nearest first; the network's are not among them.</param>
internal sealed record StageScope(
    string Prefix, Place? Use, int Input, int Channels, int Stride, IReadOnlyList<EquatableArray<AttributeDeclaration>> Policies)
{
    /// <summary>The network's own stages.</summary>
    public static StageScope Network() => new("", null, -1, 0, 0, []);

    /// <summary>Whose stages have been read so far: index of the stage that gives each one's output.</summary>
    public Dictionary<string, int> Names { get; } = [];

    /// <summary>The names of all stages, those that are still to be read among them.</summary>
    public HashSet<string> Declared { get; } = new(StringComparer.OrdinalIgnoreCase);

    public bool IsBlock => Use is not null;

    /// <summary>The place of an attribute; in a block, that which uses it.</summary>
    public Place At(int stage, int attribute, string? argument) => Use ?? new Place(stage, attribute, argument);
}
