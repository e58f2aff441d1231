namespace NoiseGen.Generator.Model;

/// <summary>Products of sizes that a user chose freely.</summary>
internal static class Sizes
{
    /// <summary>The product of positive numbers: exact up to 2^31, and otherwise some number above that, below 2^62.</summary>
    public static long Product(params long[] factors) =>
        factors.Aggregate(1L, (product, factor) => product > int.MaxValue ? product : product * factor);
}
