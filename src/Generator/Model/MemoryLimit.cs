namespace NoiseGen.Generator.Model;

/// <summary>The capacity of one memory of a network.</summary>
internal static class MemoryLimit
{
    /// <summary>The largest number of floats: 2 GiB, so that byte offsets fit into 32 bits.</summary>
    public const int Floats = 1 << 29;
}
