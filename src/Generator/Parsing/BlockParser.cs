using Microsoft.CodeAnalysis;
using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Parsing;

/// <summary>Reads the block that a property repeats, including nested blocks.</summary>
internal static class BlockParser
{
    private const string WithoutBlock = "a class without [Block]";

    // Marks a block whose stages are being counted.
    private const int Open = -1;

    /// <summary>Whether a property repeats a block.</summary>
    public static INamedTypeSymbol? BlockOf(ISymbol property) =>
        AttributeReader.On(property).FirstOrDefault(IsRepeat) is { AttributeClass.TypeArguments: [INamedTypeSymbol block] } ? block : null;

    /// <summary>Checks that a property of a block repeats a block.</summary>
    public static void Check(IPropertySymbol property, int index, ProblemList problems)
    {
        if (BlockOf(property) is { TypeKind: not TypeKind.Error } inner && !IsBlock(inner))
            problems.Add(DiagnosticIds.UnsuitableBlock, new Place(index, Array.FindIndex(AttributeReader.On(property), IsRepeat), null),
                property.Name, inner.Name, WithoutBlock);
    }

    /// <summary>The block; null if it is not a block, or cannot be read: then the analysis of the block reports it.</summary>
    public static BlockDeclaration? Read(IPropertySymbol property, Place place, Compilation compilation, SizeReader sizes,
        ProblemList problems, CancellationToken cancellation)
    {
        if (BlockOf(property) is not { TypeKind: not TypeKind.Error } block) return null;
        if (Flaw(block, compilation, new(SymbolEqualityComparer.Default), 1, cancellation) is { } flaw)
        {
            problems.Add(DiagnosticIds.UnsuitableBlock, place, property.Name, block.Name, flaw);
            return null;
        }

        return ClassRules.IsAccessible(block, compilation) ? Read(block, sizes, cancellation) : null;
    }

    private static bool IsRepeat(AttributeData attribute) => attribute.AttributeClass!.Name == nameof(RepeatAttribute<>);

    private static bool IsBlock(INamedTypeSymbol type) => type.GetAttributes().Any(AttributeReader.IsBlock);

    // Why a block cannot be read at the place where it is used.
    // Each block is examined once, however often it is repeated, and none is read that is too large for any network.
    private static string? Flaw(
        INamedTypeSymbol block, Compilation compilation, Dictionary<ISymbol, int> sizes, int depth, CancellationToken cancellation)
    {
        if (sizes.TryGetValue(block, out int known)) return known == Open ? "a block that contains itself" : null;
        if (!IsBlock(block)) return sizes.Count == 0 ? WithoutBlock : null; // reported in the block that repeats it
        if (!SymbolEqualityComparer.Default.Equals(block.ContainingAssembly, compilation.Assembly))
            return "a block of another assembly, whose source is not available";
        IPropertySymbol[] stages = StageProperties.Of(block, cancellation);
        if (stages.Length == 0) return "a block without stages";
        if (depth > NetworkDeclaration.DeepestBlock)
            return $"a block of blocks that are nested more than {NetworkDeclaration.DeepestBlock} deep";
        sizes.Add(block, Open);
        int size = 0;
        foreach (IPropertySymbol stage in stages)
        {
            if (BlockOf(stage) is not { } inner) size++;
            else if (Flaw(inner, compilation, sizes, depth + 1, cancellation) is { } flaw) return flaw;
            else if (sizes.TryGetValue(inner, out int more)) size += more;
            if (size > NetworkDeclaration.MostStages) return $"a block of more than {NetworkDeclaration.MostStages} stages";
        }

        sizes[block] = size;
        return null;
    }

    private static BlockDeclaration? Read(INamedTypeSymbol block, SizeReader sizes, CancellationToken cancellation)
    {
        if (!IsBlock(block)) return null; // it could be recursive
        AttributeDeclaration?[] attributes = [.. AttributeReader.On(block).Select(attribute => AttributeReader.Read(attribute, sizes))];
        StageDeclaration?[] stages = [.. StageProperties.Of(block, cancellation).Select(property => Stage(property, sizes, cancellation))];
        bool hasTwins = stages.Select(stage => stage?.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() < stages.Length;
        return attributes.Contains(null) || stages.Contains(null) || hasTwins
            ? null
            : new BlockDeclaration(
                block.Name, block.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), new(attributes!), new(stages!));
    }

    private static StageDeclaration? Stage(IPropertySymbol property, SizeReader sizes, CancellationToken cancellation)
    {
        AttributeDeclaration?[] attributes = [.. AttributeReader.On(property).Select(attribute => AttributeReader.Read(attribute, sizes))];
        BlockDeclaration? inner = null;
        if (BlockOf(property) is { } block && (inner = Read(block, sizes, cancellation)) is null) return null;
        return attributes.Contains(null)
            ? null
            : new(property.Name, ClassNames.Escape(property.Name), StageProperties.Modifiers(property, cancellation), new(attributes!),
                inner, StageProperties.IsTyped(property));
    }
}
