using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace NoiseGen.Generator.Diagnostics;

/// <summary>The descriptors: every message names the symbol, what was found and what is allowed.</summary>
internal static class Descriptors
{
    private const string Pages = "https://github.com/noisegen/noisegen/blob/main/docs/diagnostics/";

    private const string Declaration = nameof(Declaration);
    private const string Shapes = nameof(Shapes);
    private const string Noise = nameof(Noise);
    private const string Quantization = nameof(Quantization);
    private const string Style = nameof(Style);

    private static readonly DiagnosticDescriptor ClassNotPartial = new(
        DiagnosticIds.ClassNotPartial,
        "A network must be a partial class",
        "Network '{0}' is not partial; the generator writes its other part, so declare it as 'partial class {0}' in every part",
        Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.ClassNotPartial + ".md");

    private static readonly DiagnosticDescriptor ContainerNotPartial = new(
        DiagnosticIds.ContainerNotPartial,
        "A type that contains a network must be partial",
        "Network '{0}' is nested in '{1}', which is not partial; every containing type must be, for the generated part lies inside it",
        Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.ContainerNotPartial + ".md");

    private static readonly DiagnosticDescriptor UnsuitableClass = new(
        DiagnosticIds.UnsuitableClass,
        "A network must be an ordinary class",
        "Network '{0}' is {1}; a network is a class that is not static, abstract, generic, a record or local to its file, and has no primary constructor",
        Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.UnsuitableClass + ".md");

    private static readonly DiagnosticDescriptor OtherBaseClass = new(
        DiagnosticIds.OtherBaseClass,
        "A network has no other base class",
        "Network '{0}' derives from '{1}'; a network derives from 'NeuralNetwork', which the generated part says",
        Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.OtherBaseClass + ".md");

    private static readonly DiagnosticDescriptor InputSize = new(
        DiagnosticIds.InputSize,
        "The input's size must be positive",
        "The input of network '{0}' has {1} as its {2}; it must be at least 1",
        Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.InputSize + ".md");

    private static readonly DiagnosticDescriptor NoStages = new(
        DiagnosticIds.NoStages,
        "A network needs a stage",
        "Network '{0}' has no stages; declare at least one, such as '[Dense(10)] public partial Stage Logits {{ get; }}'",
        Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.NoStages + ".md");

    private static readonly DiagnosticDescriptor StagesInTwoParts = new(
        DiagnosticIds.StagesInTwoParts,
        "All stages must stand in one part of the class",
        "Stage '{0}' is declared in another part of class '{1}' than stage '{2}'; stages run in the order in which one part declares them, so all must stand in the same part",
        Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.StagesInTwoParts + ".md");

    private static readonly DiagnosticDescriptor UnsuitableProperty = new(
        DiagnosticIds.UnsuitableProperty,
        "A stage must be a partial get-only property",
        "Stage '{0}' {1}; a stage is declared as 'partial Stage {0} {{ get; }}', not static and without a body",
        Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.UnsuitableProperty + ".md");

    private static readonly DiagnosticDescriptor NotAStage = new(
        DiagnosticIds.NotAStage,
        "A stage must be of type Stage",
        "Property '{0}' has a stage's attributes, but is of type '{1}'; a stage is of type 'Stage'",
        Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.NotAStage + ".md");

    private static readonly DiagnosticDescriptor OutsideNetwork = new(
        DiagnosticIds.OutsideNetwork,
        "The attribute belongs into a network",
        "[{0}] on '{1}' has no effect, because class '{2}' has no [Network] attribute; add it, or remove this one",
        Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.OutsideNetwork + ".md");

    private static readonly DiagnosticDescriptor NameTaken = new(
        DiagnosticIds.NameTaken,
        "The name is taken",
        "{0} '{1}' has a name that the members or the generated code of every network use; choose another name",
        Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.NameTaken + ".md");

    private static readonly DiagnosticDescriptor EmptyStage = new(
        DiagnosticIds.EmptyStage,
        "A stage needs an operation",
        "Stage '{0}' has no operation; give it at least one of [Conv2d], [Dense], [Relu], [MaxPool], [AvgPool]",
        Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.EmptyStage + ".md");

    private static readonly DiagnosticDescriptor TwoLinearOperations = new(
        DiagnosticIds.TwoLinearOperations,
        "A stage has at most one linear operation",
        "Stage '{0}' has two linear operations; it may have one [Conv2d] or [Dense], so make it two stages",
        Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.TwoLinearOperations + ".md");

    private static readonly DiagnosticDescriptor TwoPools = new(
        DiagnosticIds.TwoPools,
        "A stage has at most one pool",
        "Stage '{0}' has two pools; it may have one [MaxPool] or [AvgPool], so make it two stages",
        Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.TwoPools + ".md");

    private static readonly DiagnosticDescriptor SizeNotPositive = new(
        DiagnosticIds.SizeNotPositive,
        "A size must be positive",
        "{1} of stage '{0}' is {2}; it must be at least 1",
        Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.SizeNotPositive + ".md");

    private static readonly DiagnosticDescriptor Padding = new(
        DiagnosticIds.Padding,
        "Padding is out of range",
        "Padding of stage '{0}' is {1}; it must be 0 … {2}, {3}, so that no window lies in the padding alone",
        Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.Padding + ".md");

    private static readonly DiagnosticDescriptor KernelTooLarge = new(
        DiagnosticIds.KernelTooLarge,
        "The kernel is larger than its input",
        "Stage '{0}' receives {1} from {2}; with padding {3} that is {4} pixels, too small for a {5}×{5} kernel",
        Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.KernelTooLarge + ".md");

    private static readonly DiagnosticDescriptor WindowTooLarge = new(
        DiagnosticIds.WindowTooLarge,
        "The pool is larger than its input",
        "The pool of stage '{0}' receives {1} from {2}; with padding {3} that is {4} pixels, too small for a {5}×{5} window",
        Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.WindowTooLarge + ".md");

    private static readonly DiagnosticDescriptor TooLarge = new(
        DiagnosticIds.TooLarge,
        "The network is too large",
        "{0} is too large: {1} exceed the limit of {2}",
        Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.TooLarge + ".md");

    private static readonly DiagnosticDescriptor NoLogits = new(
        DiagnosticIds.NoLogits,
        "The last stage must give logits",
        "Network '{0}' ends with {1} from stage '{2}'; the loss needs a flat vector of at least 2 classes, so end with a stage such as [Dense(10)]",
        Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.NoLogits + ".md");

    private static readonly DiagnosticDescriptor UnknownSite = new(
        DiagnosticIds.UnknownSite,
        "There is no such noise site",
        "{0} names the value {1} as its noise sites, which is no combination of {2}",
        Noise,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.UnknownSite + ".md");

    private static readonly DiagnosticDescriptor NoSite = new(
        DiagnosticIds.NoSite,
        "A noise attribute needs a site",
        "{0} has a noise attribute for no site; name at least one of {1}, or remove the attribute",
        Noise,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.NoSite + ".md");

    private static readonly DiagnosticDescriptor SiteMissing = new(
        DiagnosticIds.SiteMissing,
        "The noise site does not exist",
        "{0} has no site {1}; it has {2}",
        Noise,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.SiteMissing + ".md");

    private static readonly DiagnosticDescriptor SiteTwice = new(
        DiagnosticIds.SiteTwice,
        "A noise site has one kind of noise",
        "{0} has two [Noise] attributes for the site {1}; each site has one kind of noise",
        Noise,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.SiteTwice + ".md");

    private static readonly DiagnosticDescriptor NoiseAndNoNoise = new(
        DiagnosticIds.NoiseAndNoNoise,
        "Noise is both given and taken away",
        "{0} has both [Noise] and [NoNoise] for the site {1}; keep one of them",
        Noise,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.NoiseAndNoNoise + ".md");

    private static readonly DiagnosticDescriptor NoiseKindInaccessible = new(
        DiagnosticIds.NoiseKindInaccessible,
        "The kind of noise must be accessible",
        "The kind of noise '{0}' is private or local to its file; generated code must be able to name it, so make it at least internal",
        Noise,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.NoiseKindInaccessible + ".md");

    private static readonly DiagnosticDescriptor Bits = new(
        DiagnosticIds.Bits,
        "The number of bits is out of range",
        "{0} has {1} = {2}; it must be 1 … {3}",
        Quantization,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.Bits + ".md");

    private static readonly DiagnosticDescriptor OneBitWeights = new(
        DiagnosticIds.OneBitWeights,
        "A weight needs two bits",
        "{0} quantizes its weights to 1 bit, which leaves nothing: the levels of b bits are −(2^(b−1) − 1) … 2^(b−1) − 1, for 1 bit only 0; use WeightBits = 2 or more",
        Quantization,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.OneBitWeights + ".md");

    private static readonly DiagnosticDescriptor Scale = new(
        DiagnosticIds.Scale,
        "The scale must be positive",
        "{0} has an activation scale of {1}; it must be a finite number above 0",
        Quantization,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.Scale + ".md");

    private static readonly DiagnosticDescriptor UnknownScaling = new(
        DiagnosticIds.UnknownScaling,
        "There is no such weight scaling",
        "{0} has the value {1} for the scaling of its weights; it must be ByLayer, PerTensor or PerChannel",
        Quantization,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.UnknownScaling + ".md");

    private static readonly DiagnosticDescriptor NothingToQuantize = new(
        DiagnosticIds.NothingToQuantize,
        "The stage has nothing to quantize",
        "Stage '{0}' has [Quantize], but neither weights nor an activation; quantize a stage with [Conv2d], [Dense] or [Relu]",
        Quantization,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.NothingToQuantize + ".md");

    private static readonly DiagnosticDescriptor QuantizeAndNoQuantize = new(
        DiagnosticIds.QuantizeAndNoQuantize,
        "Quantization is both given and taken away",
        "Stage '{0}' has both [Quantize] and [NoQuantize]; keep one of them",
        Quantization,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.QuantizeAndNoQuantize + ".md");

    private static readonly DiagnosticDescriptor AttributeOrder = new(
        DiagnosticIds.AttributeOrder,
        "Write operations in execution order",
        "Stage '{0}' computes linear operation, activation, pool, in whatever order they are written; write them in this order",
        Style,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.AttributeOrder + ".md");

    private static readonly DiagnosticDescriptor NamesDifferInCase = new(
        DiagnosticIds.NamesDifferInCase,
        "The names of two stages differ in case only",
        "Stage '{0}' and stage '{1}' differ in case only; each stage's code is a file of its name, and files are told apart without case, so choose another name",
        Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.NamesDifferInCase + ".md");

    /// <summary>All of them, in the order of their ids.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        ClassNotPartial,
        ContainerNotPartial,
        UnsuitableClass,
        OtherBaseClass,
        InputSize,
        NoStages,
        StagesInTwoParts,
        UnsuitableProperty,
        NotAStage,
        OutsideNetwork,
        NameTaken,
        EmptyStage,
        TwoLinearOperations,
        TwoPools,
        SizeNotPositive,
        Padding,
        KernelTooLarge,
        WindowTooLarge,
        TooLarge,
        NoLogits,
        UnknownSite,
        NoSite,
        SiteMissing,
        SiteTwice,
        NoiseAndNoNoise,
        NoiseKindInaccessible,
        Bits,
        OneBitWeights,
        Scale,
        UnknownScaling,
        NothingToQuantize,
        QuantizeAndNoQuantize,
        AttributeOrder,
        NamesDifferInCase,
    ];

    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> ById = All.ToImmutableDictionary(descriptor => descriptor.Id);

    public static DiagnosticDescriptor Of(string id) => ById[id];
}
