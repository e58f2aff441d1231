using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using NoiseGen.Generator.Diagnostics;
using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Parsing;

/// <summary>
/// A mistake that causes compiler errors in the declaration. A build stops at these errors before it runs the analyzer, so the generator
/// has to report the mistake, with its location.
/// </summary>
/// <param name="Id">One of <see cref="DiagnosticIds"/>.</param>
/// <param name="Lines">File and lines of the name.</param>
/// <param name="Span">Span of the name in the file's text.</param>
/// <param name="Arguments">The arguments of the message.</param>
internal sealed record EarlyProblem(string Id, FileLinePositionSpan Lines, TextSpan Span, EquatableArray<string> Arguments)
{
    /// <summary>The mistake in a class; null if there is none.</summary>
    /// <param name="kind">How messages describe the class.</param>
    public static EarlyProblem? Of(INamedTypeSymbol type, string kind, CancellationToken cancellation)
    {
        // No other file can contain a part of it, so its stages stay incomplete.
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
