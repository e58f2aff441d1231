using System.Globalization;
using System.Text;
using NoiseGen;

namespace Harden.Report;

/// <summary>
/// All results as a table for machines: a row for each way to train, seed and noise level,
/// 0 for the noise-free accuracy.
/// </summary>
internal static class CsvReport
{
    public const string Header =
        "network,data,variant,quantized,training_sigma,seed,sigma,accuracy_mean,accuracy_standard_deviation,repeats,"
            + MidpointColumns.Header;

    public static string Of(JobResult result)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (VariantResult variant in result.Variants)
        {
            TrainedNetwork[] trainings = variant.Trainings.IsEmpty
                ? [new(result.Settings.Seed, variant.History, variant.Curve)]
                : [.. variant.Trainings];
            foreach (TrainedNetwork one in trainings)
            {
                string[] about =
                [
                    CommandLine.Name(result.Settings.Network), CommandLine.Name(result.Settings.Data), variant.Variant.Name,
                    variant.Variant.Quantized ? "true" : "false",
                    Numbers.Exact(variant.Variant.Noisy ? result.Settings.Sigma : 0f), one.Seed.ToString(CultureInfo.InvariantCulture),
                ];
                AppendRow(text, about, one.Curve, new RobustnessPoint(0f, one.Curve.NoiseFreeAccuracy, 0), repeats: 1);
                foreach (RobustnessPoint point in one.Curve.Points) AppendRow(text, about, one.Curve, point, one.Curve.Repeats);
            }
        }

        return text.ToString();
    }

    /// <summary>Those of networks from files: how they were trained is not known, and stays empty.</summary>
    public static string Of(Settings settings, IEnumerable<MeasuredFile> measured)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (MeasuredFile one in measured)
        {
            string[] about = [CommandLine.Name(settings.Network), CommandLine.Name(settings.Data), one.Name.Replace(',', ';'), "", "", ""];
            AppendRow(text, about, one.Curve, new RobustnessPoint(0f, one.Curve.NoiseFreeAccuracy, 0), repeats: 1);
            foreach (RobustnessPoint point in one.Curve.Points) AppendRow(text, about, one.Curve, point, one.Curve.Repeats);
        }

        return text.ToString();
    }

    // A single evaluation has no deviation.
    private static void AppendRow(StringBuilder text, string[] about, RobustnessCurve curve, RobustnessPoint point, int repeats) =>
        text.AppendJoin(',',
        [
            .. about, Numbers.Exact(point.Sigma), Numbers.Exact(point.Mean), repeats > 1
                ? Numbers.Exact(point.StandardDeviation)
                : "", Numbers.Exact(repeats),
            .. MidpointColumns.Of(curve),
        ]).Append('\n');
}
