using Microsoft.CodeAnalysis;
using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Parsing;

/// <summary>
/// Reads a network's class: symbols in, a declaration and its problems out.
/// The generator and the analyzer both run it; the analyzer also sees the generated part of the class, which must make no difference.
/// </summary>
internal static class NetworkParser
{
    public static ParsedNetwork Parse(INamedTypeSymbol network, Compilation compilation, CancellationToken cancellation)
    {
        ProblemList problems = new();
        ClassRules.Check(network, ClassRules.BaseClass, ClassRules.Network, compilation, problems, cancellation);
        SizeReader sizes = new(compilation, cancellation);
        AttributeDeclaration?[] attributes = ReadAttributes(network, Place.Network, compilation, sizes, problems);

        IPropertySymbol[] properties = StageProperties.Of(network, cancellation);
        if (properties.Length == 0) problems.Add(DiagnosticIds.NoStages, Place.Name(Place.Network), ClassRules.Network, network.Name);
        StageProperties.CheckTogether(properties, problems, cancellation);

        StageDeclaration?[] stages = new StageDeclaration?[properties.Length];
        for (int i = 0; i < stages.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            stages[i] = ReadStage(properties[i], i, compilation, sizes, problems, cancellation);
        }

        bool readable = problems.Count == 0 && !CompilerReports(network, properties) && !attributes.Contains(null)
            && !stages.Contains(null);
        return new ParsedNetwork(
            readable ? new NetworkDeclaration(ClassNames.Of(network), new(attributes!), new(stages!)) : null, problems.ToArray());
    }

    // Mistakes that the compiler reports and that the declaration's records cannot hold.
    private static bool CompilerReports(INamedTypeSymbol network, IPropertySymbol[] stages) =>
        network.BaseType is not { TypeKind: TypeKind.Class }
        || ClassNames.Containers(network).Prepend<ISymbol>(network).Any(part => part.Name.Length == 0)
        || network.GetAttributes().Count(AttributeReader.IsNetwork) != 1
        || stages.Any(StageProperties.IsNamedLikeItsClass)
        || stages.Select(stage => stage.Name).Distinct().Count() != stages.Length;

    private static StageDeclaration? ReadStage(
        IPropertySymbol property, int index, Compilation compilation, SizeReader sizes, ProblemList problems,
        CancellationToken cancellation)
    {
        StageProperties.Check(property, index, compilation, problems, cancellation);
        AttributeDeclaration?[] attributes = ReadAttributes(property, index, compilation, sizes, problems);
        bool unreadable = property.Type.TypeKind == TypeKind.Error
            || property.GetAttributes().Any(attribute => attribute.AttributeClass is not { TypeKind: not TypeKind.Error })
            || attributes.Contains(null);
        BlockDeclaration? block = null;
        if (BlockParser.BlockOf(property) is not null)
        {
            int repeat = Array.FindIndex(attributes, attribute => attribute is AttributeDeclaration.Repeat);
            int operation = Array.FindIndex(attributes, IsOperation);
            if (operation >= 0) problems.Add(DiagnosticIds.RepeatAndOperation, new Place(index, operation, null), property.Name);
            block = BlockParser.Read(property, new Place(index, repeat, null), compilation, sizes, problems, cancellation);
            unreadable |= block is null;
        }

        return unreadable
            ? null
            : new(
                property.Name, ClassNames.Escape(property.Name), StageProperties.Modifiers(property, cancellation), new(attributes!), block,
                StageProperties.IsTyped(property));
    }

    private static bool IsOperation(AttributeDeclaration? attribute) => attribute is not (
        null or AttributeDeclaration.Repeat or AttributeDeclaration.From or AttributeDeclaration.Noise or AttributeDeclaration.NoNoise
        or AttributeDeclaration.Quantize or AttributeDeclaration.NoQuantize or AttributeDeclaration.Device or AttributeDeclaration.Digital);

    private static AttributeDeclaration?[] ReadAttributes(
        ISymbol symbol, int stage, Compilation compilation, SizeReader sizes, ProblemList problems)
    {
        PlaceholderRules.Check(symbol, stage, sizes, problems);
        AttributeData[] attributes = AttributeReader.On(symbol);
        for (int i = 0; i < attributes.Length; i++)
        {
            if (attributes[i].AttributeClass!.TypeArguments is not [INamedTypeSymbol type] || ClassRules.IsAccessible(type, compilation))
                continue;
            string id = attributes[i].AttributeClass!.Name == nameof(DeviceAttribute<>)
                ? DiagnosticIds.DeviceInaccessible : DiagnosticIds.NoiseKindInaccessible;
            problems.Add(id, new Place(stage, i, null), type.ToDisplayString());
        }

        return [.. attributes.Select(attribute => AttributeReader.Read(attribute, sizes))];
    }
}
