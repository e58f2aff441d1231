using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NoiseGen.Generator.Emission;
using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Parsing;

namespace NoiseGen.Generator;

/// <summary>
/// Completes every class with <see cref="NetworkAttribute"/>: declaration → graph → source files. A declaration with a mistake
/// yields a skeleton, and one that cannot be read a stub; <see cref="Diagnostics.NetworkAnalyzer"/> says what is wrong with it.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<(NetworkDeclaration? Declaration, ClassStub? Stub)> parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(typeof(NetworkAttribute).FullName, IsClass, Parse)
            .WithTrackingName(nameof(Steps.Parsed));

        IncrementalValuesProvider<NetworkDeclaration> declarations = parsed
            .Select((network, _) => network.Declaration)
            .Where(declaration => declaration is not null)
            .WithTrackingName(nameof(Steps.Declarations))!;

        IncrementalValuesProvider<(NetworkDeclaration Declaration, NetworkGraph? Graph)> built = declarations
            .Select((declaration, _) => (declaration, GraphBuilder.Build(declaration).Graph))
            .WithTrackingName(nameof(Steps.Built));

        IncrementalValuesProvider<NetworkGraph> graphs = built
            .Where(network => network.Graph is not null)
            .Select((network, _) => network.Graph!)
            .WithTrackingName(nameof(Steps.Graphs));

        IncrementalValuesProvider<NetworkDeclaration> mistaken = built
            .Where(network => network.Graph is null)
            .Select((network, _) => network.Declaration)
            .WithTrackingName(nameof(Steps.Mistaken));

        IncrementalValuesProvider<(BlockClass? Block, ClassStub? Stub)> parsedBlocks = context.SyntaxProvider
            .ForAttributeWithMetadataName(typeof(BlockAttribute).FullName, IsClass, ParseBlock)
            .WithTrackingName(nameof(Steps.ParsedBlocks));

        IncrementalValuesProvider<BlockClass> blocks = parsedBlocks
            .Select((block, _) => block.Block)
            .Where(block => block is not null)
            .WithTrackingName(nameof(Steps.Blocks))!;

        IncrementalValuesProvider<ClassStub> stubs = parsed
            .Select((network, _) => network.Stub)
            .Where(stub => stub is not null)
            .WithTrackingName(nameof(Steps.Stubs))!;

        IncrementalValuesProvider<ClassStub> blockStubs = parsedBlocks
            .Select((block, _) => block.Stub)
            .Where(stub => stub is not null)
            .WithTrackingName(nameof(Steps.BlockStubs))!;

        context.RegisterSourceOutput(blocks, EmitBlock);
        context.RegisterSourceOutput(graphs, Emit);
        context.RegisterSourceOutput(mistaken, EmitSkeleton);
        context.RegisterSourceOutput(stubs, EmitStub);
        context.RegisterSourceOutput(blockStubs, EmitStub);
    }

    /// <summary>Names of the tracked steps.</summary>
    internal enum Steps
    {
        /// <summary>A declaration, or the stub of a class that cannot be read.</summary>
        Parsed,

        /// <summary>The readable declarations.</summary>
        Declarations,

        /// <summary>A declaration with its graph, or with null where it has mistakes.</summary>
        Built,

        /// <summary>The graphs of declarations without mistakes.</summary>
        Graphs,

        /// <summary>A block, or the stub of a class that cannot be read.</summary>
        ParsedBlocks,

        /// <summary>The classes of blocks.</summary>
        Blocks,

        /// <summary>The readable declarations with mistakes.</summary>
        Mistaken,

        /// <summary>The networks that cannot be read.</summary>
        Stubs,

        /// <summary>The blocks that cannot be read.</summary>
        BlockStubs,
    }

    private static bool IsClass(SyntaxNode node, CancellationToken cancellation) => node is ClassDeclarationSyntax;

    private static (NetworkDeclaration? Declaration, ClassStub? Stub) Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        (INamedTypeSymbol type, Compilation compilation) = ((INamedTypeSymbol)context.TargetSymbol, context.SemanticModel.Compilation);
        NetworkDeclaration? declaration = NetworkParser.Parse(type, compilation, cancellation).Declaration;
        return (declaration, declaration is null ? ClassStub.Of(type, ClassRules.BaseClass, compilation, cancellation) : null);
    }

    private static (BlockClass? Block, ClassStub? Stub) ParseBlock(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        (INamedTypeSymbol type, Compilation compilation) = ((INamedTypeSymbol)context.TargetSymbol, context.SemanticModel.Compilation);
        BlockClass? block = BlockClass.Parse(type, compilation, cancellation).Block;
        return (block, block is null ? ClassStub.Of(type, ClassRules.BlockBaseClass, compilation, cancellation) : null);
    }

    private static void EmitBlock(SourceProductionContext context, BlockClass block)
    {
        SourceFile file = MemberEmitter.Block(block);
        context.AddSource(file.HintName, file.Text);
    }

    private static void Emit(SourceProductionContext context, NetworkGraph graph)
    {
        foreach (SourceFile file in NetworkEmitter.Emit(graph)) context.AddSource(file.HintName, file.Text);
    }

    private static void EmitStub(SourceProductionContext context, ClassStub stub)
    {
        SourceFile file = SkeletonEmitter.Emit(stub);
        context.AddSource(file.HintName, file.Text);
    }

    private static void EmitSkeleton(SourceProductionContext context, NetworkDeclaration declaration)
    {
        SourceFile file = SkeletonEmitter.Emit(declaration.Class, declaration.Stages.Select(stage => new MemberNode(stage.Identifier, stage.Modifiers, stage.Block?.Code, stage.IsTyped)));
        context.AddSource(file.HintName, file.Text);
    }
}
