using Microsoft.CodeAnalysis;

namespace NoiseGen.Benchmarks.Roofline;

/// <summary>Finds the transforms in generated code.</summary>
internal static class KernelTransforms
{
    /// <summary>The transforms that a kernel's method calls, or the one beside it that takes its rows; null where it is direct.</summary>
    public static SquareTransforms? Of(IMethodSymbol kernel)
    {
        string[] texts = [.. kernel.ContainingType.GetMembers()
            .Where(member => member.Name == kernel.Name || member.Name == kernel.Name + "Rows").Select(TextOf)];
        return SquareTransforms.All.FirstOrDefault(one => texts.Any(text => text.Contains(one.Class, StringComparison.Ordinal)));
    }

    /// <summary>The transforms of a call's type argument; null where it has none.</summary>
    public static SquareTransforms? OfTypeArgument(IMethodSymbol packing) =>
        SquareTransforms.All.FirstOrDefault(one => packing.TypeArguments.Any(type => type.Name == one.Class));

    private static string TextOf(ISymbol member) =>
        string.Concat(member.DeclaringSyntaxReferences.Select(declaration => declaration.GetSyntax().ToString()));
}
