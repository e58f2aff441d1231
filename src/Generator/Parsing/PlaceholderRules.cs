using Microsoft.CodeAnalysis;
using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Parsing;

/// <summary>Where a block's placeholders are allowed, and in which arithmetic.</summary>
internal static class PlaceholderRules
{
    /// <summary>Checks the attributes of a class or stage.</summary>
    /// <param name="stage">Index of the stage; <see cref="Place.Network"/> for the class.</param>
    public static void Check(ISymbol symbol, int stage, SizeReader sizes, ProblemList problems)
    {
        AttributeData[] attributes = AttributeReader.On(symbol);
        for (int i = 0; i < attributes.Length; i++)
        {
            if (AttributeArguments.Of(attributes[i], sizes) is not { } arguments) continue;
            foreach ((string property, string text) in arguments.Misplaced)
                problems.Add(DiagnosticIds.Placeholder, new Place(stage, i, property), property, symbol.Name, text);
        }
    }
}
