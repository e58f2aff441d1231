using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NoiseGen.Generator.Model;
using static NoiseGen.Generator.Diagnostics.DeclarationDescriptors;
using static NoiseGen.Generator.Diagnostics.HardwareDescriptors;
using static NoiseGen.Generator.Diagnostics.NoiseDescriptors;
using static NoiseGen.Generator.Diagnostics.QuantizationDescriptors;
using static NoiseGen.Generator.Diagnostics.ShapeDescriptors;
using static NoiseGen.Generator.Diagnostics.WiringDescriptors;

namespace NoiseGen.Generator.Diagnostics;

/// <summary>The descriptors of all categories: every message names the symbol, what was found and what is allowed.</summary>
internal static class Descriptors
{
    public const string Pages = "https://github.com/noisegen/noisegen/blob/main/docs/diagnostics/";

    private static readonly DiagnosticDescriptor AttributeOrder = new(
        DiagnosticIds.AttributeOrder,
        "Write operations in execution order",
        "Stage '{0}' computes linear operation, batch norm, sum or concatenation, activation, pool, dropout, "
            + "in whatever order they are written; write them in this order",
        "Style",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Pages + DiagnosticIds.AttributeOrder + ".md");

    /// <summary>All descriptors, ordered by id.</summary>
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
        TwoActivations,
        TwoMerges,
        UnknownStage,
        MergeShapes,
        OutsideBlock,
        UnsuitableBlock,
        NumberRange,
        RepeatAndOperation,
        OneBitActivations,
        Groups,
        NoiseUnit,
        ScaleAndLearned,
        UnknownActivationScaling,
        Placeholder,
        DeviceInaccessible,
        NothingToProgram,
        DeviceAndDigital,
        UnknownDeviceOption,
    ];

    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> ById = All.ToImmutableDictionary(descriptor => descriptor.Id);

    public static DiagnosticDescriptor Of(string id) => ById[id];
}
