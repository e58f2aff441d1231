namespace NoiseGen;

internal static class Percent
{
    /// <summary>Such as <c>97.5 %</c>.</summary>
    public static string Of(double fraction) => FormattableString.Invariant($"{fraction * 100:0.0} %");
}
