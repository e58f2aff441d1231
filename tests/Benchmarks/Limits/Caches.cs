using System.Globalization;

namespace NoiseGen.Benchmarks.Limits;

/// <summary>Sizes of the caches, in bytes.</summary>
/// <param name="SecondLevel">Of one processor's own second level.</param>
/// <param name="ThirdLevel">Of the third level, which processors share.</param>
internal sealed record Caches(long SecondLevel, long ThirdLevel)
{
    private const string Folder = "/sys/devices/system/cpu/cpu0/cache";

    // Where the system does not tell: usual sizes of servers.
    private static readonly Caches s_usual = new(1L << 20, 32L << 20);

    /// <summary>Those of this machine's first processor, as Linux tells them; usual ones elsewhere.</summary>
    public static Caches Current { get; } = Directory.Exists(Folder)
        ? new Caches(SizeOf(2) ?? s_usual.SecondLevel, SizeOf(3) ?? s_usual.ThirdLevel) : s_usual;

    private static long? SizeOf(int level)
    {
        foreach (string cache in Directory.EnumerateDirectories(Folder, "index*"))
        {
            if (Read(cache, "level") != $"{level}" || Read(cache, "size") is not { } size) continue;
            return long.Parse(size.TrimEnd('K'), CultureInfo.InvariantCulture) << 10;
        }

        return null;
    }

    private static string? Read(string cache, string name)
    {
        string path = Path.Combine(cache, name);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
    }
}
