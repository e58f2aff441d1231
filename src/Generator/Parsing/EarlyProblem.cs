using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using NoiseGen.Generator.Diagnostics;
using NoiseGen.Generator.Graph;

namespace NoiseGen.Generator.Parsing;

/// <summary>
/// A mistake that leaves errors in the declaration itself: a build stops at them, before it asks the analyzer. So the generator has to say
/// what is wrong, and to know where.
/// </summary>
/// <param name="Id">One of <see cref="DiagnosticIds"/>.</param>
/// <param name="Lines">File and lines of the name.</param>
/// <param name="Span">The name in the file's text.</param>
/// <param name="Arguments">What the message's placeholders stand for.</param>
internal sealed record EarlyProblem(string Id, FileLinePositionSpan Lines, TextSpan Span, EquatableArray<string> Arguments)
{
    /// <summary>Null where there is none.</summary>
    /// <param name="kind">What a message calls the class.</param>
    public static EarlyProblem? Of(INamedTypeSymbol type, string kind, CancellationToken cancellation)
    {
        // No part of it can lie in another file: its stages stay incomplete.
        if (ClassRules.IsFileLocal(type)) return At(DiagnosticIds.UnsuitableClass, type, kind, type.Name, ClassRules.FileLocal);
        return StageProperties.Of(type, cancellation).FirstOrDefault(StageProperties.IsNamedLikeItsClass) is { } stage
            ? At(DiagnosticIds.NameTaken, stage, "Stage", stage.Name, "its class has")
            : null;
    }

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Descriptors.Of(Id), Location.Create(Lines.Path, Span, Lines.Span), [.. Arguments]);

    private static EarlyProblem At(string id, ISymbol symbol, params string[] arguments)
    {
        Location name = symbol.Locations[0];
        return new(id, name.GetLineSpan(), name.SourceSpan, new(arguments));
    }
}
