namespace NoiseGen.Generator.Model;

/// <summary>A hash that is the same in every run, for names: <see cref="string.GetHashCode()"/> is not.</summary>
internal static class StableHash
{
    // FNV-1a, 32 bits (Fowler, Noll, Vo).
    public static uint Of(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text) hash = unchecked((hash ^ c) * 16777619);
        return hash;
    }
}
