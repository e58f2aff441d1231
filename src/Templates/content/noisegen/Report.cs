using System.Globalization;
using System.Text;
using NoiseGen;

namespace Hardening;

/// <summary>Accuracies over the noise, as a page of Markdown.</summary>
internal static class Report
{
    public static void Write(string path, string[] names, RobustnessCurve[] curves)
    {
        var text = new StringBuilder($"# How much noise the networks withstand\n\n| σ | {string.Join(" | ", names)} |\n|---|{string.Concat(names.Select(_ => "---|"))}\n");
        text.Append(CultureInfo.InvariantCulture, $"| 0 | {string.Join(" | ", curves.Select(curve => Percent(curve.NoiseFreeAccuracy)))} |\n");
        for (int i = 0; i < curves[0].Points.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $"| {curves[0].Points[i].Sigma:F3} | {string.Join(" | ", curves.Select(curve => Percent(curve.Points[i].Mean)))} |\n");
        text.Append($"| µ | {string.Join(" | ", curves.Select(Midpoint))} |\n");
        File.WriteAllText(path, text.ToString());
    }

    /// <summary>The midpoint noise level, or why there is none.</summary>
    public static string Midpoint(RobustnessCurve curve) =>
        curve.TryGetMidpoint(out MidpointFit? midpoint, out string? reason) ? midpoint.Mu.ToString("F3", CultureInfo.InvariantCulture) : reason;

    private static string Percent(double share) => (100 * share).ToString("F1", CultureInfo.InvariantCulture) + " %";
}
