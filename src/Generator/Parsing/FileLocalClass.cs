using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using NoiseGen.Generator.Diagnostics;

namespace NoiseGen.Generator.Parsing;

/// <summary>
/// A network or block that is local to its file, where no generated part can lie. Its stages stay incomplete, and then a build does not ask the analyzer: so
/// the generator itself has to say why, and to know where.
/// </summary>
/// <param name="Kind">What the message calls it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Lines">File and lines of the name.</param>
/// <param name="Span">The name in the file's text.</param>
internal sealed record FileLocalClass(string Kind, string Name, FileLinePositionSpan Lines, TextSpan Span)
{
    /// <summary>Null where the class is not local to its file.</summary>
    /// <param name="kind">What a message calls it.</param>
    public static FileLocalClass? Of(INamedTypeSymbol type, string kind)
    {
        Location name = type.Locations[0];
        return ClassRules.IsFileLocal(type) ? new(kind, type.Name, name.GetLineSpan(), name.SourceSpan) : null;
    }

    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        Descriptors.Of(DiagnosticIds.UnsuitableClass), Location.Create(Lines.Path, Span, Lines.Span), Kind, Name, ClassRules.FileLocal);
}
