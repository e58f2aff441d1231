using Microsoft.CodeAnalysis;
using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Parsing;

/// <summary>Names that the user's class, its stages and its members cannot have.</summary>
internal static class TakenNames
{
    // How messages describe a taken name.
    public const string ByNetworks = "the members or the generated code of every network use";

    // What the generated part of the class declares in addition to INetwork's members.
    private const string OfGeneratedCode = "s_description";

    // Names that generated code writes without a namespace and that are not keywords: the user's namespaces or types can hide them.
    private const string NativeInteger = "nint", ImplicitType = "var";

    /// <summary>Whether a stage of this name would hide a member of every network, or confuse the generated code.</summary>
    public static bool ForStage(string name, Compilation compilation) =>
        IsOfNetwork(name, compilation) || Inherited(compilation).Any(type => type.GetMembers(name).Any(IsInherited));

    /// <summary>Whether a class of this name would confuse the generated code.</summary>
    public static bool ForClass(string name, Compilation compilation) => name == NativeInteger || IsOfNetwork(name, compilation);

    /// <summary>
    /// Reports names around a network that would confuse its generated code: those of its namespaces, of its members other than stages,
    /// and of types in the global namespace.
    /// </summary>
    public static void CheckAround(INamedTypeSymbol network, Compilation compilation, ProblemList problems, CancellationToken cancellation)
    {
        void Add(string kind, string name) => problems.Add(DiagnosticIds.NameTaken, Place.Name(Place.Network), kind, name, ByNetworks);
        for (INamespaceSymbol part = network.ContainingNamespace; !part.IsGlobalNamespace; part = part.ContainingNamespace)
        {
            if (part is { Name: NativeInteger, ContainingNamespace.IsGlobalNamespace: false }) Add("Namespace", part.Name);
        }

        if (compilation.GlobalNamespace.GetNamespaceMembers().Any(part => part.Name == NativeInteger)) Add("Namespace", NativeInteger);

        foreach (string name in new[] { nameof(System), NativeInteger, ImplicitType })
        {
            if (!compilation.GlobalNamespace.GetTypeMembers(name).IsEmpty) Add("Type", name);
        }

        foreach (string name in Collisions(network, compilation, cancellation)) Add("Member", name);
    }

    /// <summary>The names of a class's members, other than stages, that the generated part of a network declares as well.</summary>
    public static IEnumerable<string> Collisions(
        INamedTypeSymbol network, Compilation compilation, CancellationToken cancellation) => network.GetMembers()
        .Except(StageProperties.Of(network, cancellation), SymbolEqualityComparer.Default)
        .Where(member => IsWritten(member!) && Collides(member!, compilation))
        .Select(member => member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? network.Name : member!.Name).Distinct();

    // Methods and constructors with different parameters are overloads.
    private static bool Collides(ISymbol member, Compilation compilation) => member is IMethodSymbol method
        ? method switch
        {
            { MethodKind: MethodKind.Constructor } => HasParametersOfCreate(method),
            { MethodKind: MethodKind.Ordinary, Arity: 0, Name: "Create" } => HasParametersOfCreate(method),
            { MethodKind: MethodKind.Ordinary, Arity: 0, Name: "Describe" } => method.Parameters.IsEmpty,
            _ => method.Name == OfGeneratedCode,
        }
        : member is not IPropertySymbol { IsIndexer: true } && IsOfNetwork(member.Name, compilation);

    private static bool HasParametersOfCreate(IMethodSymbol method) => method.Parameters.All(parameter => parameter.RefKind == RefKind.None)
        && method.Parameters.Select(parameter => parameter.Type.SpecialType)
            .SequenceEqual([SpecialType.System_UInt64, SpecialType.System_Int32, SpecialType.System_Int32]);

    // The analyzer also sees the generated members. Roslyn recognizes generated files by this suffix as well.
    private static bool IsWritten(ISymbol member) =>
        member.DeclaringSyntaxReferences.Any(part => !part.SyntaxTree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal));

    private static bool IsOfNetwork(string name, Compilation compilation) =>
        name == OfGeneratedCode || compilation.GetTypeByMetadataName($"{nameof(NoiseGen)}.INetwork`1")?.GetMembers(name).IsEmpty == false;

    // The members that networks and blocks inherit: a stage cannot have a name that either of them cannot have.
    private static IEnumerable<INamedTypeSymbol> Inherited(Compilation compilation)
    {
        foreach (string baseClass in new[] { ClassRules.BaseClass, ClassRules.BlockBaseClass })
        {
            INamedTypeSymbol? type = compilation.GetTypeByMetadataName($"{nameof(NoiseGen)}.{baseClass}");
            for (; type is not null; type = type.BaseType) yield return type;
        }
    }

    private static bool IsInherited(ISymbol member) =>
        member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;
}
