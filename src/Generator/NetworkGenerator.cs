using Microsoft.CodeAnalysis;
using NoiseGen.CompilerServices;
using NoiseGen.Generator.Emission;
using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Model;
using NoiseGen.Generator.Parsing;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator;

/// <summary>
/// Completes every class with <see cref="NetworkAttribute"/>: declaration → graph → source files. A declaration with a mistake yields a
/// skeleton, and one that cannot be read yields a stub; <see cref="Analysis.NetworkAnalyzer"/> reports what is wrong.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    private readonly Func<NetworkGraph, Thresholds> _thresholds;

    /// <summary>Creates the generator.</summary>
    public NetworkGenerator()
        : this(static _ => Thresholds.Default)
    {
    }

    /// <summary>Creates the generator with thresholds per network, for tests.</summary>
    internal NetworkGenerator(Func<NetworkGraph, Thresholds> thresholds) => _thresholds = thresholds;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<(NetworkDeclaration? Declaration, ClassStub? Stub, EarlyProblem? Early)> parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(typeof(NetworkAttribute).FullName, IsClass, Parse)
            .WithTrackingName(nameof(Steps.Parsed));

        IncrementalValuesProvider<(BlockClass? Block, ClassStub? Stub, EarlyProblem? Early)> parsedBlocks = context.SyntaxProvider
            .ForAttributeWithMetadataName(typeof(BlockAttribute).FullName, IsClass, ParseBlock)
            .WithTrackingName(nameof(Steps.ParsedBlocks));

        IncrementalValuesProvider<ClassStub?> strays = context.SyntaxProvider
            .CreateSyntaxProvider((node, _) => StrayStages.MayBeIn(node), StrayStages.Parse);

        IncrementalValuesProvider<(NetworkDeclaration Declaration, NetworkGraph? Graph)> built = NotNull(
            parsed, network => network.Declaration, Steps.Declarations)
            .Select((declaration, _) => (declaration, GraphBuilder.Build(declaration).Graph))
            .WithTrackingName(nameof(Steps.Built));

        IncrementalValuesProvider<bool> libraries = context.SyntaxProvider
            .ForAttributeWithMetadataName(typeof(TileLibraryAttribute).FullName, static (_, _) => true, static (_, _) => true);

        context.RegisterSourceOutput(libraries, EmitTiles);
        context.RegisterSourceOutput(NotNull(parsedBlocks, block => block.Block, Steps.Blocks), EmitBlock);
        IncrementalValuesProvider<PlannedNetwork> planned = NotNull(built, network => network.Graph, Steps.Graphs)
            .Select((graph, _) => new PlannedNetwork(graph, Planner.Plan(graph, _thresholds(graph))))
            .WithTrackingName(nameof(Steps.Planned));

        IncrementalValueProvider<KernelSet> kernels = planned
            .Select(static (network, _) => network.FitsMemory ? network.Plan.Kernels : KernelSet.None)
            .WithTrackingName(nameof(Steps.NetworkKernels))
            .Collect()
            .Select(static (sets, _) => KernelSet.Union(sets))
            .WithTrackingName(nameof(Steps.Kernels));

        context.RegisterSourceOutput(planned, Emit);
        context.RegisterSourceOutput(
            kernels.SelectMany(static (set, _) => set.Linear), static (context, linear) => Add(context, KernelEmitter.Linear(linear)));
        context.RegisterSourceOutput(
            kernels.SelectMany(static (set, _) => set.Rows), static (context, row) => Add(context, KernelEmitter.Row(row)));
        context.RegisterSourceOutput(kernels, EmitMatrixTiles);
        context.RegisterSourceOutput(
            NotNull(built, network => network.Graph is null ? network.Declaration : null, Steps.Mistaken), EmitSkeleton);
        context.RegisterSourceOutput(NotNull(parsed, network => network.Stub, Steps.Stubs), EmitStub);
        context.RegisterSourceOutput(NotNull(parsedBlocks, block => block.Stub, Steps.BlockStubs), EmitStub);
        context.RegisterSourceOutput(NotNull(strays, stub => stub, Steps.Strays), EmitStub);
        context.RegisterSourceOutput(NotNull(parsed, network => network.Early, Steps.Early), Report);
        context.RegisterSourceOutput(NotNull(parsedBlocks, block => block.Early, Steps.BlockEarly), Report);
    }

    /// <summary>Names of the tracked steps.</summary>
    internal enum Steps
    {
        /// <summary>A declaration, or the stub of a class that cannot be read.</summary>
        Parsed,

        /// <summary>The readable declarations.</summary>
        Declarations,

        /// <summary>A declaration with its graph, or with null if it has mistakes.</summary>
        Built,

        /// <summary>The graphs of declarations without mistakes.</summary>
        Graphs,

        /// <summary>The graphs with their plans.</summary>
        Planned,

        /// <summary>The kernels that a network needs.</summary>
        NetworkKernels,

        /// <summary>The kernels that all networks need.</summary>
        Kernels,

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

        /// <summary>The types with stages that are neither networks nor blocks.</summary>
        Strays,

        /// <summary>Mistakes of networks that a build reports before it runs the analyzer.</summary>
        Early,

        /// <summary>The same mistakes of blocks.</summary>
        BlockEarly,
    }

    // The results of a step, without nulls.
    private static IncrementalValuesProvider<TResult> NotNull<T,
        TResult>(IncrementalValuesProvider<T> items, Func<T, TResult?> select, Steps step)
        where TResult : class =>
            items.Select((item, _) => select(item)).Where(result => result is not null).WithTrackingName(step.ToString())!;

    private static bool IsClass(SyntaxNode node, CancellationToken cancellation) => StrayStages.IsClass(node);

    private static (NetworkDeclaration? Declaration, ClassStub? Stub, EarlyProblem? Early) Parse(
        GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        (INamedTypeSymbol type, Compilation compilation) = ((INamedTypeSymbol)context.TargetSymbol, context.SemanticModel.Compilation);
        NetworkDeclaration? declaration = NetworkParser.Parse(type, compilation, cancellation).Declaration;
        ClassStub? stub = declaration is null ? ClassStub.Of(type, ClassRules.BaseClass, compilation, cancellation) : null;
        return (declaration, stub, EarlyProblem.Of(type, ClassRules.Network, cancellation));
    }

    private static (BlockClass? Block, ClassStub? Stub, EarlyProblem? Early) ParseBlock(
        GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        (INamedTypeSymbol type, Compilation compilation) = ((INamedTypeSymbol)context.TargetSymbol, context.SemanticModel.Compilation);
        if (type.GetAttributes().Any(AttributeReader.IsNetwork)) return default; // which is parsed as a network
        BlockClass? block = BlockClass.Parse(type, compilation, cancellation).Block;
        ClassStub? stub = block is null ? ClassStub.Of(type, ClassRules.BlockBaseClass, compilation, cancellation) : null;
        return (block, stub, EarlyProblem.Of(type, ClassRules.Block, cancellation));
    }

    private static void Add(SourceProductionContext context, SourceFile file) => context.AddSource(file.HintName, file.Text);

    private static void EmitTiles(SourceProductionContext context, bool isLibrary)
    {
        foreach (SourceFile file in TileLibraryEmitter.Emit()) Add(context, file);
    }

    private static void EmitBlock(SourceProductionContext context, BlockClass block) => Add(context, MemberEmitter.Block(block));

    private static void Emit(SourceProductionContext context, PlannedNetwork network)
    {
        if (!network.FitsMemory)
        {
            Add(context, SkeletonEmitter.Emit(network.Plan.Graph.Class, network.Plan.Graph.Members));
            return;
        }

        foreach (SourceFile file in NetworkEmitter.Emit(network.Plan)) Add(context, file);
    }

    private static void EmitMatrixTiles(SourceProductionContext context, KernelSet kernels)
    {
        foreach (SourceFile file in KernelEmitter.MatrixTiles(kernels)) Add(context, file);
    }

    private static void EmitStub(SourceProductionContext context, ClassStub stub) => Add(context, SkeletonEmitter.Emit(stub));

    private static void Report(SourceProductionContext context, EarlyProblem early) => context.ReportDiagnostic(early.ToDiagnostic());

    private static void EmitSkeleton(SourceProductionContext context, NetworkDeclaration declaration) => Add(
        context,
        SkeletonEmitter.Emit(
            declaration.Class,
            declaration.Stages.Select(stage => new MemberNode(stage.Identifier, stage.Modifiers, stage.Block?.Code, stage.IsTyped))));
}
