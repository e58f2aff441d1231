using NoiseGen.Sweeps.Cells;

namespace NoiseGen.Sweeps.Running;

/// <summary>Whether the holders of cells are known to be alive.</summary>
internal sealed class LifeSigns
{
    private readonly Dictionary<string, LockHolder?> _seen = []; // by path, as first seen

    /// <summary>
    /// Whether a lock's holder is running on this system, or has been seen to write a heartbeat. False if it may be dead or there is none.
    /// </summary>
    public bool IsAlive(string path)
    {
        if (LockFile.Read(path) is not { } found) return false;
        if (found.Holder is { IsHere: true, IsDead: false }) return true;
        return !_seen.TryAdd(path, found.Holder) && _seen[path] is { } first
            && (first.Id, first.Beats) != (found.Holder?.Id, found.Holder?.Beats);
    }
}
