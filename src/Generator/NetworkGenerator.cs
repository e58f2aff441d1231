using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NoiseGen.Generator.Emission;
using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Parsing;

namespace NoiseGen.Generator;

/// <summary>
/// Completes every class with <see cref="NetworkAttribute"/>: declaration → graph → source files. A declaration with a mistake
/// yields a skeleton, and one that cannot be read nothing; <see cref="Diagnostics.NetworkAnalyzer"/> says what is wrong with it.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<NetworkDeclaration> declarations = context.SyntaxProvider
            .ForAttributeWithMetadataName(typeof(NetworkAttribute).FullName, IsClass, Parse)
            .WithTrackingName(nameof(Steps.Parsed))
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

        IncrementalValuesProvider<BlockClass> blocks = context.SyntaxProvider
            .ForAttributeWithMetadataName(typeof(BlockAttribute).FullName, IsClass, ParseBlock)
            .Where(block => block is not null)
            .WithTrackingName(nameof(Steps.Blocks))!;

        context.RegisterSourceOutput(blocks, EmitBlock);
        context.RegisterSourceOutput(graphs, Emit);
        context.RegisterSourceOutput(mistaken, EmitSkeleton);
    }

    /// <summary>Names of the tracked steps.</summary>
    internal enum Steps
    {
        /// <summary>A declaration, or null where it cannot be read.</summary>
        Parsed,

        /// <summary>The readable declarations.</summary>
        Declarations,

        /// <summary>A declaration with its graph, or with null where it has mistakes.</summary>
        Built,

        /// <summary>The graphs of declarations without mistakes.</summary>
        Graphs,

        /// <summary>The classes of blocks.</summary>
        Blocks,

        /// <summary>The readable declarations with mistakes.</summary>
        Mistaken,
    }

    private static bool IsClass(SyntaxNode node, CancellationToken cancellation) => node is ClassDeclarationSyntax;

    private static NetworkDeclaration? Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellation) =>
        NetworkParser.Parse((INamedTypeSymbol)context.TargetSymbol, context.SemanticModel.Compilation, cancellation).Declaration;

    private static BlockClass? ParseBlock(GeneratorAttributeSyntaxContext context, CancellationToken cancellation) =>
        BlockClass.Parse((INamedTypeSymbol)context.TargetSymbol, context.SemanticModel.Compilation, cancellation).Block;

    private static void EmitBlock(SourceProductionContext context, BlockClass block)
    {
        SourceFile file = MemberEmitter.Block(block);
        context.AddSource(file.HintName, file.Text);
    }

    private static void Emit(SourceProductionContext context, NetworkGraph graph)
    {
        foreach (SourceFile file in NetworkEmitter.Emit(graph)) context.AddSource(file.HintName, file.Text);
    }

    private static void EmitSkeleton(SourceProductionContext context, NetworkDeclaration declaration)
    {
        SourceFile file = SkeletonEmitter.Emit(declaration.Class, declaration.Stages.Select(stage => new MemberNode(stage.Identifier, stage.Modifiers, stage.Block?.Code, stage.IsTyped)));
        context.AddSource(file.HintName, file.Text);
    }
}
