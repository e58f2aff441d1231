using Microsoft.CodeAnalysis;
using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Diagnostics;

/// <summary>Sizes out of range, and shapes that do not fit.</summary>
internal static class ShapeDescriptors
{
    private const string Category = "Shapes";

    public static readonly DiagnosticDescriptor InputSize = new(
        DiagnosticIds.InputSize,
        "The input's size must be positive",
        "The input of network '{0}' has {1} as its {2}; it must be at least 1",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.InputSize + ".md");

    public static readonly DiagnosticDescriptor SizeNotPositive = new(
        DiagnosticIds.SizeNotPositive,
        "A size must be positive",
        "{1} of stage '{0}' is {2}; it must be at least 1",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.SizeNotPositive + ".md");

    public static readonly DiagnosticDescriptor Padding = new(
        DiagnosticIds.Padding,
        "Padding is out of range",
        "Padding of stage '{0}' is {1}; it must be 0 … {2}, {3}, so that no window lies entirely in the padding",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.Padding + ".md");

    public static readonly DiagnosticDescriptor KernelTooLarge = new(
        DiagnosticIds.KernelTooLarge,
        "The kernel is larger than its input",
        "Stage '{0}' receives {1} from {2}; with padding {3} that is {4} pixels, too small for a {5} kernel",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.KernelTooLarge + ".md");

    public static readonly DiagnosticDescriptor WindowTooLarge = new(
        DiagnosticIds.WindowTooLarge,
        "The pool is larger than its input",
        "The pool of stage '{0}' receives {1} from {2}; with padding {3} that is {4} pixels, too small for a {5} window",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.WindowTooLarge + ".md");

    public static readonly DiagnosticDescriptor TooLarge = new(
        DiagnosticIds.TooLarge,
        "The network is too large",
        "{0} is too large: {1} exceed the limit of {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.TooLarge + ".md");

    public static readonly DiagnosticDescriptor Groups = new(
        DiagnosticIds.Groups,
        "Groups must divide the channels",
        "Stage '{0}' has {1} groups; they must divide the {2} channels that it receives from {3} and its {4} output channels",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.Groups + ".md");

    public static readonly DiagnosticDescriptor NoLogits = new(
        DiagnosticIds.NoLogits,
        "The last stage must output a vector",
        "Network '{0}' ends with {1} from stage '{2}'; the loss needs a flat vector, so end with a stage such as [Dense(10)]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.NoLogits + ".md");
}
