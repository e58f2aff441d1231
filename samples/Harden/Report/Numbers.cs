using System.Globalization;
using NoiseGen;

namespace Harden.Report;

/// <summary>How numbers are written in tables and pictures.</summary>
internal static class Numbers
{
    private const int MostDecimals = 4; // of a value with an error: sweeps are not more precise

    /// <summary>Such as <c>97.5 %</c>.</summary>
    public static string Percent(double fraction) => Invariant($"{fraction * 100:0.0} %");

    /// <summary>Such as <c>0.316</c>: three digits, no exponent in the usual range.</summary>
    public static string Sigma(double sigma) => sigma.ToString("G3", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>0.253 ± 0.004</c>: decimals down to the error's first digit.</summary>
    public static string WithError(double value, double error)
    {
        int decimals = error > 0 ? Math.Clamp((int)Math.Ceiling(-Math.Log10(error)), 0, MostDecimals) : MostDecimals;
        string format = "F" + decimals;
        return value.ToString(format, CultureInfo.InvariantCulture) + " ± " + error.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>µ with its standard error.</summary>
    public static string Midpoint(MidpointFit fit) => WithError(fit.Mu, fit.StandardError);

    /// <summary>Such as <c>0:07</c> or <c>1:02:45</c>.</summary>
    public static string Time(TimeSpan time) =>
        time.TotalHours >= 1
            ? Invariant($"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}") : Invariant($"{time.Minutes}:{time.Seconds:00}");

    /// <summary>All significant digits, for machines.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>All significant digits, for machines.</summary>
    public static string Exact(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
