namespace NoiseGen.Generator.Model;

/// <summary>The user's class, as the generated part writes it.</summary>
/// <param name="Namespace">The namespace, empty for the global one.</param>
/// <param name="Containers">Headers of the containing types, outermost first, such as <c>partial class Outer</c>.</param>
/// <param name="Name">Name of the class, escaped if it is a keyword.</param>
/// <param name="HintName">Full metadata name, made valid as a file name: unique in the compilation.</param>
/// <param name="KernelNamespace">A namespace of the network's own kernels, so that no name of the user's hides one that the kernels use.
/// </param>
internal sealed record ClassName(string Namespace, EquatableArray<string> Containers, string Name, string HintName, string KernelNamespace);

/// <summary>A property of the user's class.</summary>
/// <param name="Identifier">Its name, escaped if it is a keyword.</param>
/// <param name="Modifiers">Its modifiers before <c>partial</c>, such as <c>public</c>.</param>
/// <param name="Block">The block that it repeats, fully qualified with <c>global::</c>; null for a stage.</param>
/// <param name="IsTyped">Whether the property's type is <c>Blocks&lt;TBlock&gt;</c>; false for <c>Stage</c>.</param>
internal sealed record MemberNode(string Identifier, string Modifiers, string? Block, bool IsTyped);
