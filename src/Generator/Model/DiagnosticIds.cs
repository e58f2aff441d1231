namespace NoiseGen.Generator.Model;

/// <summary>The diagnostics' ids. They are permanent: users suppress diagnostics by id, so an id never gets a second meaning.</summary>
internal static class DiagnosticIds
{
    public const string ClassNotPartial = "NG0001";
    public const string ContainerNotPartial = "NG0002";
    public const string UnsuitableClass = "NG0003";
    public const string OtherBaseClass = "NG0004";
    public const string InputSize = "NG0005";
    public const string NoStages = "NG0006";
    public const string StagesInTwoParts = "NG0007";
    public const string UnsuitableProperty = "NG0008";
    public const string NotAStage = "NG0009";
    public const string OutsideNetwork = "NG0010";
    public const string NameTaken = "NG0011";

    public const string EmptyStage = "NG0012";
    public const string TwoLinearOperations = "NG0013";
    public const string TwoPools = "NG0014";
    public const string SizeNotPositive = "NG0015";
    public const string Padding = "NG0016";
    public const string KernelTooLarge = "NG0017";
    public const string WindowTooLarge = "NG0018";
    public const string TooLarge = "NG0019";
    public const string NoLogits = "NG0020";

    public const string UnknownSite = "NG0021";
    public const string NoSite = "NG0022";
    public const string SiteMissing = "NG0023";
    public const string SiteTwice = "NG0024";
    public const string NoiseAndNoNoise = "NG0025";
    public const string NoiseKindInaccessible = "NG0026";

    public const string Bits = "NG0027";
    public const string OneBitWeights = "NG0028";
    public const string Scale = "NG0029";
    public const string UnknownScaling = "NG0030";
    public const string NothingToQuantize = "NG0031";
    public const string QuantizeAndNoQuantize = "NG0032";

    public const string AttributeOrder = "NG0033";

    public const string NamesDifferInCase = "NG0034";

    public const string TwoActivations = "NG0035";
    public const string TwoMerges = "NG0036";
    public const string UnknownStage = "NG0037";
    public const string MergeShapes = "NG0038";
    public const string OutsideBlock = "NG0039";
    public const string UnsuitableBlock = "NG0040";
    public const string NumberRange = "NG0041";
    public const string RepeatAndOperation = "NG0042";
    public const string OneBitActivations = "NG0043";

    public const string Groups = "NG0044";

    public const string NoiseUnit = "NG0045";

    public const string ScaleAndLearned = "NG0046";

    public const string UnknownActivationScaling = "NG0047";

    public const string Placeholder = "NG0048";

    public const string DeviceInaccessible = "NG0049";
    public const string NothingToProgram = "NG0050";
    public const string DeviceAndDigital = "NG0051";
    public const string UnknownDeviceOption = "NG0052";
}
