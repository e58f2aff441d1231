using Microsoft.CodeAnalysis;
using NoiseGen.Generator.Diagnostics;
using NoiseGen.Generator.Graph;

namespace NoiseGen.Generator.Parsing;

/// <summary>Reads the block that a property repeats, with the blocks in it.</summary>
internal static class BlockParser
{
    /// <summary>Whether a property repeats a block.</summary>
    public static INamedTypeSymbol? BlockOf(ISymbol property) => AttributeReader.On(property)
        .FirstOrDefault(attribute => attribute.AttributeClass!.Name == nameof(RepeatAttribute<>))?.AttributeClass!.TypeArguments[0] as INamedTypeSymbol;

    /// <summary>The block; null where it cannot be read, which the block's own analysis reports, or where it is none.</summary>
    public static BlockDeclaration? Read(IPropertySymbol property, Place place, Compilation compilation, ProblemList problems, CancellationToken cancellation)
    {
        if (BlockOf(property) is not { TypeKind: not TypeKind.Error } block) return null;
        if (Flaw(block, [], cancellation) is { } flaw)
        {
            problems.Add(DiagnosticIds.UnsuitableBlock, place, property.Name, block.Name, flaw);
            return null;
        }

        return ClassRules.IsAccessible(block, compilation) ? Read(block, cancellation) : null;
    }

    // What makes a block unreadable from where it is used.
    private static string? Flaw(INamedTypeSymbol block, INamedTypeSymbol[] containing, CancellationToken cancellation)
    {
        if (!block.GetAttributes().Any(AttributeReader.IsBlock)) return "a class without [Block]";
        if (containing.Contains(block, SymbolEqualityComparer.Default)) return "a block that contains itself";
        IPropertySymbol[] stages = StageProperties.Of(block, cancellation);
        if (stages.Length == 0) return "a block without stages";
        return stages.Select(BlockOf).OfType<INamedTypeSymbol>().Select(inner => Flaw(inner, [.. containing, block], cancellation)).FirstOrDefault(flaw => flaw is not null);
    }

    private static BlockDeclaration? Read(INamedTypeSymbol block, CancellationToken cancellation)
    {
        AttributeDeclaration?[] attributes = [.. AttributeReader.On(block).Select(AttributeReader.Read)];
        StageDeclaration?[] stages = [.. StageProperties.Of(block, cancellation).Select(property => Stage(property, cancellation))];
        return attributes.Contains(null) || stages.Contains(null)
            ? null
            : new BlockDeclaration(block.Name, block.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), new(attributes!), new(stages!));
    }

    private static StageDeclaration? Stage(IPropertySymbol property, CancellationToken cancellation)
    {
        AttributeDeclaration?[] attributes = [.. AttributeReader.On(property).Select(AttributeReader.Read)];
        BlockDeclaration? inner = null;
        if (BlockOf(property) is { } block && (inner = Read(block, cancellation)) is null) return null;
        return attributes.Contains(null)
            ? null
            : new(property.Name, ClassNames.Escape(property.Name), StageProperties.Modifiers(property, cancellation), new(attributes!), inner, StageProperties.IsTyped(property));
    }
}
