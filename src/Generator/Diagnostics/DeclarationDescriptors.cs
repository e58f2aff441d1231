using Microsoft.CodeAnalysis;
using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Diagnostics;

/// <summary>Mistakes in classes, properties and the operations of a stage.</summary>
internal static class DeclarationDescriptors
{
    private const string Category = "Declaration";

    public static readonly DiagnosticDescriptor ClassNotPartial = new(
        DiagnosticIds.ClassNotPartial,
        "A network must be a partial class",
        "{0} '{1}' is not partial; the generator writes its other part, so declare it as 'partial class {1}' in every part",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.ClassNotPartial + ".md");

    public static readonly DiagnosticDescriptor ContainerNotPartial = new(
        DiagnosticIds.ContainerNotPartial,
        "A type that contains a network must be partial",
        "{0} '{1}' is nested in '{2}', which is not partial; every containing type must be, because the generated part is nested in it",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.ContainerNotPartial + ".md");

    public static readonly DiagnosticDescriptor UnsuitableClass = new(
        DiagnosticIds.UnsuitableClass,
        "A network must be an ordinary class",
        "{0} '{1}' is {2}; it must be a class that is not static, abstract, generic, a record or local to its file, "
        + "without a primary constructor, whose other constructors begin with : this(…), "
        + "and with only one of [Network] and [Block]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.UnsuitableClass + ".md");

    public static readonly DiagnosticDescriptor OtherBaseClass = new(
        DiagnosticIds.OtherBaseClass,
        "A network has no other base class",
        "{0} '{1}' derives from '{2}'; its base class is '{3}', declared by the generated part, so remove '{2}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.OtherBaseClass + ".md");

    public static readonly DiagnosticDescriptor NoStages = new(
        DiagnosticIds.NoStages,
        "A network needs a stage",
        "{0} '{1}' has no stages; declare at least one, such as '[Dense(10)] public partial Stage Logits {{ get; }}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.NoStages + ".md");

    public static readonly DiagnosticDescriptor StagesInTwoParts = new(
        DiagnosticIds.StagesInTwoParts,
        "All stages must be declared in one part of the class",
        "Stage '{0}' is declared in another part of class '{1}' than stage '{2}'; "
            + "stages run in the order in which one part declares them, so declare them all in the same part",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.StagesInTwoParts + ".md");

    public static readonly DiagnosticDescriptor UnsuitableProperty = new(
        DiagnosticIds.UnsuitableProperty,
        "A stage must be a partial get-only property",
        "Stage '{0}' {1}; a stage is declared as 'partial Stage {0} {{ get; }}', not static and without a body",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.UnsuitableProperty + ".md");

    public static readonly DiagnosticDescriptor NotAStage = new(
        DiagnosticIds.NotAStage,
        "A stage must be of type Stage",
        "Property '{0}' has a stage's attributes, but is of type '{1}'; a stage is of type 'Stage'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.NotAStage + ".md");

    public static readonly DiagnosticDescriptor OutsideNetwork = new(
        DiagnosticIds.OutsideNetwork,
        "The attribute belongs in a network",
        "[{0}] on '{1}' has no effect, because class '{2}' has no [Network] attribute; add it, or remove this one",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.OutsideNetwork + ".md");

    public static readonly DiagnosticDescriptor NameTaken = new(
        DiagnosticIds.NameTaken,
        "The name is taken",
        "{0} '{1}' has a name that {2}; choose another name",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.NameTaken + ".md");

    public static readonly DiagnosticDescriptor EmptyStage = new(
        DiagnosticIds.EmptyStage,
        "A stage needs an operation",
        "Stage '{0}' has no operation; give it at least one, such as [Conv2d], [Dense], [BatchNorm], [Add], [Relu] or [MaxPool]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.EmptyStage + ".md");

    public static readonly DiagnosticDescriptor TwoLinearOperations = new(
        DiagnosticIds.TwoLinearOperations,
        "A stage has at most one linear operation",
        "Stage '{0}' has two linear operations; it may have one [Conv2d] or [Dense], so make it two stages",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.TwoLinearOperations + ".md");

    public static readonly DiagnosticDescriptor TwoPools = new(
        DiagnosticIds.TwoPools,
        "A stage has at most one pool",
        "Stage '{0}' has two pools; it may have one of [MaxPool], [AvgPool], [GlobalAvgPool], so make it two stages",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.TwoPools + ".md");

    public static readonly DiagnosticDescriptor NamesDifferInCase = new(
        DiagnosticIds.NamesDifferInCase,
        "The names of two stages differ in case only",
        "Stage '{0}' and stage '{1}' differ in case only; each stage has a file of its name, and file systems may ignore case, "
            + "so choose another name",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.NamesDifferInCase + ".md");
}
