using Microsoft.CodeAnalysis;

namespace NoiseGen.Benchmarks.Tracing;

/// <summary>A call in a network's generated code that is timed where it stands.</summary>
/// <param name="Stage">Index of the stage whose work it is; −1 where it is no stage's alone.</param>
/// <param name="Method">What is called.</param>
/// <param name="Arguments">The arguments as they are written.</param>
internal sealed record CallSite(int Stage, IMethodSymbol Method, IReadOnlyList<string> Arguments)
{
    /// <summary>Type and method, as a reader of the generated code knows them.</summary>
    public string Name => $"{Method.ContainingType.Name}.{Method.Name}";
}
