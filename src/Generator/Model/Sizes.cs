namespace NoiseGen.Generator.Model;

/// <summary>Products of sizes chosen by the user.</summary>
internal static class Sizes
{
    /// <summary>The product of positive numbers: exact up to 2^31, otherwise some larger number below 2^62.</summary>
    public static long Product(params long[] factors) =>
        factors.Aggregate(1L, (product, factor) => product > int.MaxValue ? product : product * factor);
}
