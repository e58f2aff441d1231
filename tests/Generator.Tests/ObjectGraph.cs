using System.Reflection;
using Microsoft.CodeAnalysis;

namespace NoiseGen.Generator.Tests;

/// <summary>Walks through all fields that an object reaches.</summary>
internal static class ObjectGraph
{
    /// <summary>
    /// Fails on anything that keeps a compilation alive, which makes an editor slow, or that is never equal to its successor.
    /// </summary>
    public static void AssertHoldsNoRoslynObjects(object? root)
    {
        HashSet<object> visited = new(ReferenceEqualityComparer.Instance);
        Stack<object?> pending = new([root]);
        while (pending.TryPop(out object? node))
        {
            if (node is null or string || node.GetType() is { IsPrimitive: true } or { IsEnum: true } || !visited.Add(node)) continue;
            Assert.False(
                node is Compilation or ISymbol or SyntaxNode or SyntaxTree or SemanticModel or Location or Diagnostic or AttributeData,
                $"The generator's models hold a {node.GetType()}.");

            if (node is Array items) foreach (object? item in items) pending.Push(item);
            foreach (FieldInfo field in Fields(node.GetType())) pending.Push(field.GetValue(node));
        }
    }

    private static IEnumerable<FieldInfo> Fields(Type type)
    {
        for (Type? part = type; part is not null; part = part.BaseType)
        {
            foreach (FieldInfo field in part.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic
                | BindingFlags.DeclaredOnly))
            {
                if (!field.FieldType.IsPointer) yield return field;
            }
        }
    }
}
