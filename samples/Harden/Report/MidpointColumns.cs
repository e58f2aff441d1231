using NoiseGen;

namespace Harden.Report;

/// <summary>The columns of a curve's midpoint in a machine-readable table: its numbers, or why there is none.</summary>
internal static class MidpointColumns
{
    public const string Header = "midpoint,midpoint_standard_error,no_midpoint";

    public static string[] Of(RobustnessCurve curve) => curve.TryGetMidpoint(out MidpointFit? fit, out string? reason)
        ? [Numbers.Exact(fit.Mu), Numbers.Exact(fit.StandardError), ""]
        : ["", "", CsvText.Quoted(reason)];
}
