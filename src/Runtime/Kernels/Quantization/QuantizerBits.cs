namespace NoiseGen;

/// <summary>The bit widths that quantizers may have.</summary>
internal static class QuantizerBits
{
    /// <summary>2^16 levels and their rounding are exact in single precision.</summary>
    public const int Most = 16;

    /// <summary>Whether a signed quantizer may have this many bits.</summary>
    public static bool AreSigned(int bits) => bits is >= 2 and <= Most;

    /// <summary>Whether an unsigned quantizer may have this many bits.</summary>
    public static bool AreUnsigned(int bits) => bits is >= 1 and <= Most;
}
