using System.Globalization;

namespace NoiseGen;

/// <summary>Numbers, and texts with numbers, as they are in every culture; a number can be read back.</summary>
internal static class InvariantText
{
    /// <param name="value">A number or an interpolated text.</param>
    public static string Of(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
