using Microsoft.CodeAnalysis;
using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Diagnostics;

/// <summary>Mistakes in declarations of hardware.</summary>
internal static class HardwareDescriptors
{
    private const string Category = "Hardware";

    public static readonly DiagnosticDescriptor DeviceInaccessible = new(
        DiagnosticIds.DeviceInaccessible,
        "The memory device must be accessible",
        "The memory device '{0}' is private or local to its file; generated code must be able to name it, so make it at least internal",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.DeviceInaccessible + ".md");

    public static readonly DiagnosticDescriptor NothingToProgram = new(
        DiagnosticIds.NothingToProgram,
        "The stage has no weights for a memory device",
        "Stage '{0}' has [Device] but neither [Conv2d] nor [Dense], whose weights the cells would hold; remove [Device]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.NothingToProgram + ".md");

    public static readonly DiagnosticDescriptor DeviceAndDigital = new(
        DiagnosticIds.DeviceAndDigital,
        "A memory device is both declared and removed",
        "{0} has both [Device] and [Digital]; keep one of them",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.DeviceAndDigital + ".md");

    public static readonly DiagnosticDescriptor UnknownDeviceOption = new(
        DiagnosticIds.UnknownDeviceOption,
        "A memory device has no such option",
        "{0} has {1} = {2} in [Device]; allowed are {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.Pages + DiagnosticIds.UnknownDeviceOption + ".md");
}
