using System.Globalization;
using System.Text;
using NoiseGen;

namespace Hardening;

/// <summary>Accuracy over noise, as a Markdown page.</summary>
internal static class Report
{
    public static void Write(string path, string[] names, RobustnessCurve[] curves)
    {
        var text = new StringBuilder("# How much noise the networks withstand\n\n");
        AddRow(text, "σ", names);
        AddRow(text, "---", names.Select(_ => "---"));
        AddRow(text, "0", curves.Select(curve => Percent(curve.NoiseFreeAccuracy)));
        for (int i = 0; i < curves[0].Points.Length; i++)
        {
            string sigma = curves[0].Points[i].Sigma.ToString("F3", CultureInfo.InvariantCulture);
            AddRow(text, sigma, curves.Select(curve => Percent(curve.Points[i].Mean)));
        }

        AddRow(text, "µ", curves.Select(Midpoint));
        File.WriteAllText(path, text.ToString());
    }

    /// <summary>The midpoint noise level, or why there is none.</summary>
    public static string Midpoint(RobustnessCurve curve) =>
        curve.TryGetMidpoint(out MidpointFit? midpoint, out string? reason)
            ? midpoint.Mu.ToString("F3", CultureInfo.InvariantCulture)
            : reason;

    private static void AddRow(StringBuilder text, string first, IEnumerable<string> others) =>
        text.Append($"| {first} | {string.Join(" | ", others)} |\n");

    private static string Percent(double share) => (100 * share).ToString("F1", CultureInfo.InvariantCulture) + " %";
}
