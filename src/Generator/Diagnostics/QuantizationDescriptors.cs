using Microsoft.CodeAnalysis;
using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Diagnostics;

/// <summary>Mistakes in quantization policies.</summary>
internal static class QuantizationDescriptors
{
    private const string Category = "Quantization";

    public static readonly DiagnosticDescriptor Bits = new(
        DiagnosticIds.Bits,
        "The number of bits is out of range",
        "{0} has {1} = {2}; it must be 1 … {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.Bits + ".md");

    public static readonly DiagnosticDescriptor OneBitWeights = new(
        DiagnosticIds.OneBitWeights,
        "A weight needs two bits",
        "{0} quantizes its weights to 1 bit, which leaves nothing: the levels of b bits are −(2^(b−1) − 1) … 2^(b−1) − 1, "
            + "for 1 bit only 0; use WeightBits = 2 or more",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.OneBitWeights + ".md");

    public static readonly DiagnosticDescriptor Scale = new(
        DiagnosticIds.Scale,
        "The scale must be positive",
        "{0} has an activation scale of {1}; it must be above 0 and give a finite range",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.Scale + ".md");

    public static readonly DiagnosticDescriptor UnknownScaling = new(
        DiagnosticIds.UnknownScaling,
        "There is no such weight scaling",
        "{0} has the value {1} for the scaling of its weights; it must be ByLayer, PerTensor or PerChannel",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.UnknownScaling + ".md");

    public static readonly DiagnosticDescriptor ScaleAndLearned = new(
        DiagnosticIds.ScaleAndLearned,
        "A learned scale cannot be set",
        "{0} has both a Scale and Activations = ActivationScaling.Learned, which learns the scale; keep one of them",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.ScaleAndLearned + ".md");

    public static readonly DiagnosticDescriptor UnknownActivationScaling = new(
        DiagnosticIds.UnknownActivationScaling,
        "There is no such activation scaling",
        "{0} has the value {1} for the scaling of its activations; it must be Constant or Learned",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.UnknownActivationScaling + ".md");

    public static readonly DiagnosticDescriptor NothingToQuantize = new(
        DiagnosticIds.NothingToQuantize,
        "The stage has nothing to quantize",
        "Stage '{0}' has [Quantize], but neither weights nor an activation; quantize a stage with [Conv2d], [Dense] or [Relu]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.NothingToQuantize + ".md");

    public static readonly DiagnosticDescriptor QuantizeAndNoQuantize = new(
        DiagnosticIds.QuantizeAndNoQuantize,
        "Quantization is both declared and removed",
        "Stage '{0}' has both [Quantize] and [NoQuantize]; keep one of them",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.QuantizeAndNoQuantize + ".md");
}
