using System.Globalization;
using NoiseGen.Generator.Graph;

namespace NoiseGen.Generator.Diagnostics;

/// <summary>
/// A mistake in a declaration. It knows its place by number and name only, so that no location enters the generator's pipeline.
/// </summary>
/// <param name="Id">One of <see cref="DiagnosticIds"/>.</param>
/// <param name="Place">What made the mistake.</param>
/// <param name="Arguments">What the message's placeholders stand for.</param>
/// <param name="Related">Further places, which a code fix wants to know.</param>
internal sealed record Problem(string Id, Place Place, EquatableArray<string> Arguments, EquatableArray<Place> Related);

/// <summary>A place in a declaration.</summary>
/// <param name="Stage">Index of the stage, −1 for the network's class.</param>
/// <param name="Attribute">Index among the attributes of this library on the stage or class, −1 for its name.</param>
/// <param name="Argument">The attribute's property that the argument sets, null for the whole attribute.</param>
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
