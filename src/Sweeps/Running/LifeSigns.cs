using NoiseGen.Sweeps.Cells;

namespace NoiseGen.Sweeps.Running;

/// <summary>Whether those who hold cells are known to live.</summary>
internal sealed class LifeSigns
{
    private readonly Dictionary<string, LockHolder?> _seen = []; // by path, when it was met first

    /// <summary>
    /// Whether a lock's holder runs on this system, or was seen to beat. False for one that may be dead, and where nobody holds it.
    /// </summary>
    public bool IsAlive(string path)
    {
        if (LockFile.Read(path) is not { } found) return false;
        if (found.Holder is { IsHere: true, IsDead: false }) return true;
        return !_seen.TryAdd(path, found.Holder) && _seen[path] is { } first
            && (first.Id, first.Beats) != (found.Holder?.Id, found.Holder?.Beats);
    }
}
