using System.Globalization;
using Harden.Experiments;

namespace Harden;

/// <summary>Reads an experiment's lists of numbers, separated by commas; what is not allowed becomes NaN.</summary>
internal static class NumberLists
{
    /// <summary>What the command line and the results call a learned scale.</summary>
    public const string LearnedScale = "learned";

    public static float[] ParseScales(string text) => [.. text.Split(',').Select(part => part.Trim() == LearnedScale ? Cell.Learned : Parse(part)[0])];

    public static float[] ParseBits(string text) => [.. Parse(text).Select(bits => bits is 4 or 8 or 16 ? bits : float.NaN)];

    // What is no number above 0 becomes NaN.
    public static float[] Parse(string text) => [.. text.Split(',').Select(part =>
        float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && value > 0f && float.IsFinite(value) ? value : float.NaN)];
}
