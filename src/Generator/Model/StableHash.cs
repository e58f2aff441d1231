namespace NoiseGen.Generator.Model;

/// <summary>A hash for names that is the same in every run, unlike <see cref="string.GetHashCode()"/>.</summary>
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
