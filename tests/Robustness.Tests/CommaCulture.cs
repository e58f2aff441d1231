using System.Globalization;

namespace NoiseGen.Tests;

/// <summary>Runs code under a culture that writes 0,3 for 0.3.</summary>
internal static class CommaCulture
{
    public static T Run<T>(Func<T> code)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NumberGroupSeparator) = (",", ".");
        CultureInfo.CurrentCulture = comma;
        try
        {
            return code();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
