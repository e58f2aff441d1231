namespace NoiseGen.Generator.Model;

/// <summary>What one memory of a network can hold.</summary>
internal static class MemoryLimit
{
    /// <summary>Most floats: 2 GiB, so that 32 bits count the bytes of every part of it.</summary>
    public const int Floats = 1 << 29;
}
