using System.Globalization;
using System.Text;
using NoiseGen;

namespace Harden.Report;

/// <summary>The sites' curves as a machine-readable table: a row per variant, site and noise level.</summary>
internal static class SitesCsv
{
    private const string Header =
        "network,data,variant,quantized,training_sigma,seed,site,sigma,accuracy_mean,accuracy_standard_deviation,repeats,"
            + MidpointColumns.Header;

    public static string Of(JobResult result)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (VariantResult variant in result.Variants)
        {
            TrainedNetwork[] trainings = variant.Trainings.IsEmpty
                ? [new(result.Settings.Seed, variant.History, variant.Curve) { Sites = variant.Sites }]
                : [.. variant.Trainings];
            foreach (TrainedNetwork one in trainings)
            {
                foreach (RobustnessCurve site in one.Sites) Append(text, result.Settings, variant.Variant, one.Seed, site);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Settings settings, Variant variant, ulong seed, RobustnessCurve site)
    {
        string[] network =
        [
            CommandLine.Name(settings.Network), CommandLine.Name(settings.Data), variant.Name, variant.Quantized ? "true" : "false",
            Numbers.Exact(variant.Noisy ? settings.Sigma : 0f), seed.ToString(CultureInfo.InvariantCulture), site.Name,
        ];
        string[] midpoint = MidpointColumns.Of(site);
        foreach (RobustnessPoint point in site.Points)
        {
            string deviation = site.Repeats > 1 ? Numbers.Exact(point.StandardDeviation) : "";
            string[] numbers = [Numbers.Exact(point.Sigma), Numbers.Exact(point.Mean), deviation, Numbers.Exact(site.Repeats)];
            text.AppendJoin(',', [.. network, .. numbers, .. midpoint]).Append('\n');
        }
    }
}
