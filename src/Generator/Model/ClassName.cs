namespace NoiseGen.Generator.Model;

/// that the kernels use.</param>
internal sealed record ClassName(string Namespace, EquatableArray<string> Containers, string Name, string HintName, string KernelNamespace);

/// <param name="IsTyped">Whether the property's type is <c>Blocks&lt;TBlock&gt;</c>; false for <c>Stage</c>.</param>
internal sealed record MemberNode(string Identifier, string Modifiers, string? Block, bool IsTyped);
