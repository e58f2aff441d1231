using Microsoft.CodeAnalysis;
using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Diagnostics;

/// <summary>Mistakes in noise policies.</summary>
internal static class NoiseDescriptors
{
    private const string Category = "Noise";

    public static readonly DiagnosticDescriptor UnknownSite = new(
        DiagnosticIds.UnknownSite,
        "There is no such noise site",
        "{0} names the value {1} as its noise sites, which is not a combination of {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.UnknownSite + ".md");

    public static readonly DiagnosticDescriptor NoSite = new(
        DiagnosticIds.NoSite,
        "A noise attribute needs a site",
        "{0} has a noise attribute for no site; name at least one of {1}, or remove the attribute",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.NoSite + ".md");

    public static readonly DiagnosticDescriptor SiteMissing = new(
        DiagnosticIds.SiteMissing,
        "The noise site does not exist",
        "{0} has no site {1}; it has {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.SiteMissing + ".md");

    public static readonly DiagnosticDescriptor SiteTwice = new(
        DiagnosticIds.SiteTwice,
        "A noise site has one kind of noise",
        "{0} has two [Noise] attributes for {1}; each site has one kind of noise",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.SiteTwice + ".md");

    public static readonly DiagnosticDescriptor NoiseAndNoNoise = new(
        DiagnosticIds.NoiseAndNoNoise,
        "Noise is both declared and removed",
        "{0} has both [Noise] and [NoNoise] for {1}; keep one of them",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.NoiseAndNoNoise + ".md");

    public static readonly DiagnosticDescriptor NoiseKindInaccessible = new(
        DiagnosticIds.NoiseKindInaccessible,
        "The kind of noise must be accessible",
        "The kind of noise '{0}' is private or local to its file; generated code must be able to name it, so make it at least internal",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.NoiseKindInaccessible + ".md");

    public static readonly DiagnosticDescriptor NoiseUnit = new(
        DiagnosticIds.NoiseUnit,
        "Sigma cannot be given in this unit here",
        "{0} gives sigma in {1}, but {2}; {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.NoiseUnit + ".md");
}
