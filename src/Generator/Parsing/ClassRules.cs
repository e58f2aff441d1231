using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Parsing;

/// <summary>What a class must be for the generator to complete it.</summary>
internal static class ClassRules
{
    public const string BaseClass = "NeuralNetwork";

    public const string BlockBaseClass = "BlockStages";

    /// <summary>What a class must not be.</summary>
    public const string FileLocal = "local to its file";

    /// <summary>How a message describes the class.</summary>
    public const string Network = "Network", Block = "Block";

    /// <param name="baseClass">The library's base class of the generated part.</param>
    /// <param name="kind">How messages describe the class.</param>
    public static void Check(INamedTypeSymbol network, string baseClass, string kind, Compilation compilation, ProblemList problems,
        CancellationToken cancellation)
    {
        Place name = Place.Name(Place.Network);
        if (!IsPartial(network, cancellation)) problems.Add(DiagnosticIds.ClassNotPartial, name, kind, network.Name);

        foreach (INamedTypeSymbol container in ClassNames.Containers(network))
        {
            if (!IsPartial(container, cancellation))
                problems.Add(DiagnosticIds.ContainerNotPartial, name, kind, network.Name, container.Name);
        }

        if ((Unsuitable(network, cancellation) ?? Constructed(network, baseClass, cancellation)) is { } reason)
            problems.Add(DiagnosticIds.UnsuitableClass, name, kind, network.Name, reason);

        if (network.BaseType is { TypeKind: TypeKind.Class, SpecialType: not SpecialType.System_Object } other
            && !AttributeReader.IsNamed(other, baseClass))
            problems.Add(DiagnosticIds.OtherBaseClass, name, kind, network.Name, other.ToDisplayString(), baseClass);

        if (TakenNames.ForClass(network.Name, compilation))
            problems.Add(DiagnosticIds.NameTaken, name, kind, network.Name, TakenNames.ByNetworks);
        if (baseClass == BaseClass) TakenNames.CheckAround(network, compilation, problems, cancellation);
    }

    /// <summary>Whether generated code, which may be in any file and any class of the compilation, can name a type.</summary>
    public static bool IsAccessible(INamedTypeSymbol type, Compilation compilation) =>
        type.TypeKind == TypeKind.Error
        || (compilation.IsSymbolAccessibleWithin(type, compilation.Assembly) && !IsFileLocal(type));

    /// <summary>Whether a type, or one that contains it, is local to its file; then no other file can contain a part of it.</summary>
    public static bool IsFileLocal(INamedTypeSymbol type) => ClassNames.Containers(type).Prepend(type).Any(part => part.IsFileLocal);

    /// <summary>Whether a second part of a class can give it a base class and a constructor.</summary>
    public static bool CanDerive(INamedTypeSymbol type, string baseClass, CancellationToken cancellation) =>
        type is { IsStatic: false, IsRecord: false, BaseType: { TypeKind: TypeKind.Class } own }
            && (own.SpecialType == SpecialType.System_Object || AttributeReader.IsNamed(own, baseClass))
        && !HasPrimaryConstructor(type, cancellation) && Constructed(type, baseClass, cancellation) is null;

    private static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellation) => type.DeclaringSyntaxReferences
        .All(part => part.GetSyntax(cancellation) is TypeDeclarationSyntax declaration
            && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static string? Unsuitable(INamedTypeSymbol network, CancellationToken cancellation)
    {
        if (network.IsStatic) return "static";
        if (network.IsAbstract) return "abstract";
        if (network.IsGenericType)
            return network.Arity > 0 ? "generic" : $"nested in the generic type '{network.ContainingType.ToDisplayString()}'";
        if (network.IsRecord) return "a record";
        if (network.GetAttributes().Any(AttributeReader.IsNetwork) && network.GetAttributes().Any(AttributeReader.IsBlock))
            return "a block as well";
        if (IsFileLocal(network)) return FileLocal;
        return HasPrimaryConstructor(network, cancellation) ? "a class with a primary constructor" : null;
    }

    private static string? Constructed(INamedTypeSymbol network, string baseClass, CancellationToken cancellation) =>
        baseClass == BaseClass && HasForeignConstructor(network, cancellation)
            ? "a class with a constructor that does not call the generated one" : null;

    // The base class has no parameterless constructor to call.
    private static bool HasForeignConstructor(INamedTypeSymbol network, CancellationToken cancellation) => network.InstanceConstructors
        .SelectMany(constructor => constructor.DeclaringSyntaxReferences)
        .Any(part => part.GetSyntax(cancellation) is ConstructorDeclarationSyntax { Initializer: null
            or { RawKind: (int)SyntaxKind.BaseConstructorInitializer, ArgumentList.Arguments.Count: 0 } });

    private static bool HasPrimaryConstructor(INamedTypeSymbol network, CancellationToken cancellation) => network.DeclaringSyntaxReferences
        .Any(part => part.GetSyntax(cancellation) is TypeDeclarationSyntax { ParameterList: not null });
}
