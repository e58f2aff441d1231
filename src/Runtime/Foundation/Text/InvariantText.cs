using System.Globalization;

namespace NoiseGen;

/// <summary>Formats numbers, and texts with numbers, in the invariant culture. A number can be parsed back.</summary>
internal static class InvariantText
{
    /// <param name="value">A number or an interpolated text.</param>
    public static string Of(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
