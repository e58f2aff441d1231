namespace NoiseGen;

/// <summary>The widths that quantizers may have.</summary>
internal static class QuantizerBits
{
    /// <summary>2^16 levels and their rounding are exact in single precision.</summary>
    public const int Most = 16;

    /// <summary>Whether levels of so many bits can be signed.</summary>
    public static bool AreSigned(int bits) => bits is >= 2 and <= Most;

    /// <summary>Whether there are levels of so many bits.</summary>
    public static bool AreUnsigned(int bits) => bits is >= 1 and <= Most;
}
