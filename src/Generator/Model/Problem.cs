using System.Globalization;

namespace NoiseGen.Generator.Model;

/// <summary>
/// A mistake in a declaration. Its place consists of indices and names, to keep locations out of the generator's pipeline.
/// </summary>
/// <param name="Id">One of <see cref="DiagnosticIds"/>.</param>
/// <param name="Place">Where the mistake is.</param>
/// <param name="Arguments">The arguments of the message.</param>
/// <param name="Related">Further places, for a code fix.</param>
internal sealed record Problem(string Id, Place Place, EquatableArray<string> Arguments, EquatableArray<Place> Related);

/// <summary>A place in a declaration.</summary>
/// <param name="Stage">Index of the stage; −1 for the network's class.</param>
/// <param name="Attribute">Index among this library's attributes on the stage or class; −1 for its name.</param>
/// <param name="Argument">The property that the argument sets; null for the whole attribute.</param>
internal readonly record struct Place(int Stage, int Attribute, string? Argument)
{
    public const int Network = -1;

    /// <summary>The name of a stage, or of the network's class.</summary>
    public static Place Name(int stage) => new(stage, -1, null);
}

/// <summary>Collects the mistakes of one declaration.</summary>
internal sealed class ProblemList
{
    private readonly List<Problem> _problems = [];

    public int Count => _problems.Count;

    public void Add(string id, Place place, params object[] arguments) => AddWithRelated(id, place, [], arguments);

    public void AddWithRelated(string id, Place place, Place[] related, params object[] arguments) => _problems.Add(
        new Problem(
            id, place, new([.. arguments.Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture))]), new(related)));

    public EquatableArray<Problem> ToArray() => new([.. _problems]);
}
