using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NoiseGen.Generator.Model;
using NoiseGen.Generator.Parsing;

namespace NoiseGen.Generator.Analysis;

/// <summary>Finds the source of a place: the argument, the attribute, or the name of the stage or class.</summary>
internal static class PlaceLocator
{
    public static Location Locate(INamedTypeSymbol network, Place place, CancellationToken cancellation)
    {
        ISymbol owner = place.Stage < 0 ? network : StageProperties.Of(network, cancellation)[place.Stage];
        return place.Attribute < 0
            ? owner.Locations[0]
            : Locate(AttributeReader.On(owner)[place.Attribute], place.Argument, cancellation) ?? owner.Locations[0];
    }

    /// <summary>The argument that sets a property, or else the whole attribute.</summary>
    public static Location? Locate(AttributeData attribute, string? argument, CancellationToken cancellation)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax syntax) return null;
        return (argument is null ? null : AttributeArguments.Written(attribute, syntax, argument)?.GetLocation()) ?? syntax.GetLocation();
    }
}
