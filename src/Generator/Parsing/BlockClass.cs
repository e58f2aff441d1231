using Microsoft.CodeAnalysis;
using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Parsing;

/// <summary>What the generated part of a class with <see cref="BlockAttribute"/> needs.</summary>
/// <param name="Class">The class that the generated code completes.</param>
/// <param name="Members">The properties, in declaration order.</param>
internal sealed record BlockClass(ClassName Class, EquatableArray<MemberNode> Members)
{
    /// <summary>Reads a block's class; null if it cannot be completed.</summary>
    public static (BlockClass? Block, EquatableArray<Problem> Problems) Parse(
        INamedTypeSymbol block, Compilation compilation, CancellationToken cancellation)
    {
        ProblemList problems = new();
        ClassRules.Check(block, ClassRules.BlockBaseClass, ClassRules.Block, compilation, problems, cancellation);
        IPropertySymbol[] properties = StageProperties.Of(block, cancellation);
        if (properties.Length == 0) problems.Add(DiagnosticIds.NoStages, Place.Name(Place.Network), ClassRules.Block, block.Name);
        StageProperties.CheckTogether(properties, problems, cancellation);
        SizeReader sizes = new(compilation, cancellation);
        PlaceholderRules.Check(block, Place.Network, sizes, problems);
        for (int i = 0; i < properties.Length; i++)
        {
            StageProperties.Check(properties[i], i, compilation, problems, cancellation);
            BlockParser.Check(properties[i], i, problems);
            PlaceholderRules.Check(properties[i], i, sizes, problems);
        }

        bool readable = problems.Count == 0 && block.BaseType is { TypeKind: TypeKind.Class } && block.Name.Length > 0
            && block.GetAttributes().Count(AttributeReader.IsBlock) == 1
            && properties.All(property => property.Type.TypeKind != TypeKind.Error && !StageProperties.IsNamedLikeItsClass(property))
            && properties.Select(property => property.Name).Distinct().Count() == properties.Length;
        if (!readable) return (null, problems.ToArray());
        MemberNode[] members = [.. properties.Select(property => new MemberNode(
            ClassNames.Escape(property.Name), StageProperties.Modifiers(property, cancellation),
            BlockParser.BlockOf(property)?.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), StageProperties.IsTyped(property)))];
        return (new BlockClass(ClassNames.Of(block), new(members)), default);
    }
}
