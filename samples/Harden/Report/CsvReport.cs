using System.Text;
using NoiseGen;

namespace Harden.Report;

/// <summary>All results as a machine-readable table: a row per variant and noise level, level 0 for the noise-free accuracy.</summary>
internal static class CsvReport
{
    private const string Header =
        "network,data,variant,quantized,training_sigma,sigma,accuracy_mean,accuracy_standard_deviation,repeats," + MidpointColumns.Header;

    public static string Of(JobResult result)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (VariantResult variant in result.Variants)
        {
            AppendRow(text, result, variant, new RobustnessPoint(0f, variant.Curve.NoiseFreeAccuracy, 0), repeats: 1);
            foreach (RobustnessPoint point in variant.Curve.Points) AppendRow(text, result, variant, point, variant.Curve.Repeats);
        }

        return text.ToString();
    }

    // A single evaluation has no deviation.
    private static void AppendRow(
        StringBuilder text, JobResult result, VariantResult variant, RobustnessPoint point, int repeats) => text.AppendJoin(',',
        [
            CommandLine.Name(result.Settings.Network),
            CommandLine.Name(result.Settings.Data),
            variant.Variant.Name,
            variant.Variant.Quantized ? "true" : "false",
            Numbers.Exact(variant.Variant.Noisy ? result.Settings.Sigma : 0f),
            Numbers.Exact(point.Sigma),
            Numbers.Exact(point.Mean),
            repeats > 1 ? Numbers.Exact(point.StandardDeviation) : "",
            Numbers.Exact(repeats),
            .. MidpointColumns.Of(variant.Curve),
        ]).Append('\n');
}
