using Microsoft.CodeAnalysis;
using NoiseGen.Generator.Model;
using NoiseGen.Generator.Operations;

namespace NoiseGen.Generator.Diagnostics;

/// <summary>Mistakes in how stages and blocks are connected.</summary>
internal static class WiringDescriptors
{
    private const string Category = "Wiring";

    public static readonly DiagnosticDescriptor TwoActivations = new(
        DiagnosticIds.TwoActivations,
        "A stage has at most one activation",
        $"Stage '{{0}}' has two activations; it may have one of {Activations.List}, so make it two stages",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.TwoActivations + ".md");

    public static readonly DiagnosticDescriptor TwoMerges = new(
        DiagnosticIds.TwoMerges,
        "A stage has at most one second input",
        "Stage '{0}' has two second inputs; it may have one of [Add], [Concat], [Residual], so make it two stages",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.TwoMerges + ".md");

    public static readonly DiagnosticDescriptor UnknownStage = new(
        DiagnosticIds.UnknownStage,
        "No earlier stage has this name",
        "Stage '{0}' reads '{1}', which is not an earlier stage of its class; earlier stages: {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.UnknownStage + ".md");

    public static readonly DiagnosticDescriptor MergeShapes = new(
        DiagnosticIds.MergeShapes,
        "The shapes of two inputs do not fit",
        "Stage '{0}' has {1} to {2} to {3} from {4}; it needs {5}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.MergeShapes + ".md");

    public static readonly DiagnosticDescriptor OutsideBlock = new(
        DiagnosticIds.OutsideBlock,
        "Only a block has this",
        "Stage '{0}' uses {1}, which only stages of a [Block] have: it stands for {2}; {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.OutsideBlock + ".md");

    public static readonly DiagnosticDescriptor UnsuitableBlock = new(
        DiagnosticIds.UnsuitableBlock,
        "The class cannot be repeated",
        "'{0}' repeats '{1}', which is {2}; it must be a class with [Block] and at least one stage",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.UnsuitableBlock + ".md");

    public static readonly DiagnosticDescriptor NumberRange = new(
        DiagnosticIds.NumberRange,
        "A number is out of range",
        "{1} of stage '{0}' is {2}; it must be {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.NumberRange + ".md");

    public static readonly DiagnosticDescriptor RepeatAndOperation = new(
        DiagnosticIds.RepeatAndOperation,
        "A repeated block has no operations beside it",
        "Stage '{0}' repeats a block, so it cannot have operations; move them to a stage before or after it",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.RepeatAndOperation + ".md");

    public static readonly DiagnosticDescriptor OneBitActivations = new(
        DiagnosticIds.OneBitActivations,
        "Signed activations need two bits",
        "The activations of stage '{0}' are quantized to 1 bit, but those of {1} "
            + "are signed, and one bit leaves only −1 and 0; use at least 2",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.OneBitActivations + ".md");

    public static readonly DiagnosticDescriptor Placeholder = new(
        DiagnosticIds.Placeholder,
        "A block's placeholder is not allowed here",
        "{0} of '{1}' is '{2}'; Block.Channels and Block.Stride are allowed in the sizes of [Conv2d], [Dense], "
            + "[MaxPool] and [AvgPool] and in [Repeat], alone or with +, -, *, / and %",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.Placeholder + ".md");
}
