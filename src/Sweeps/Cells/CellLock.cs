using System.Diagnostics;
using NoiseGen.Storage;

namespace NoiseGen.Sweeps.Cells;

/// <summary>How often a lock's holder writes a heartbeat, and after what silence it is presumed dead.</summary>
/// <param name="Beat">Time between two heartbeats.</param>
/// <param name="Stale">Silence after which a holder on another machine, whose end cannot be observed, is presumed dead.</param>
internal sealed record LockTimes(TimeSpan Beat, TimeSpan Stale)
{
    /// <summary>For cluster tasks, which must not keep the shared folder busy.</summary>
    public static LockTimes Default { get; } = new(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(2));

    /// <summary>For a process that people are watching.</summary>
    public static LockTimes Lively { get; } = Default with { Beat = TimeSpan.FromSeconds(1) };
}

/// <summary>
/// A lock on a cell: a file that is created exclusively, which also works on file systems without locks. Its holder writes heartbeats to
/// it. A holder that has ended is detected at once if it ran on this machine, and by its silence if it ran on another. If two processes
/// hold the lock for a while, because one was silent but alive, that one notices and ends.
/// </summary>
internal sealed class CellLock : IDisposable
{
    private readonly string _path;
    private readonly FileStream _stream;
    private readonly Timer _timer;
    private readonly Lock _writing = new();
    private readonly CancellationTokenSource _lost = new();
    private LockHolder _holder;

    private CellLock(string path, FileStream stream, LockHolder holder, LockTimes times)
    {
        (_path, _stream, _holder) = (path, stream, holder);
        _timer = new Timer(_ => Beat(), null, times.Beat, times.Beat);
    }

    /// <summary>Cancelled when another process has taken the lock.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Takes the lock; null if another process holds it, or if it is not yet known whether its holder is alive.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="times">The interval of its heartbeats.</param>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public static CellLock? TryTake(string path, LockTimes times)
    {
        var holder = LockHolder.New();
        if (TryCreate(path) is { } made) return Own(path, made, holder, times);
        if (LockFile.Read(path) is not { } found) return null; // released in the meantime: the next attempt gets it
        if (!found.IsStale(times.Stale)) return null;

        // A file that belongs to the stale lock decides who may replace it. So nobody replaces the lock of a faster process.
        string right = WholeFile.Beside(path, $".{found.Id}.taken");
        if (LockFile.Read(right) is { } left && left.IsStale(times.Stale)) WholeFile.Discard(right);
        if (TryCreate(right) is not { } mine) return null;
        mine.Write(holder.ToBytes());
        mine.Flush();
        if (LockFile.Read(path)?.Id != found.Id)
        {
            mine.Dispose();
            WholeFile.Discard(right);
            return null;
        }

        File.Move(right, path, overwrite: true);
        return Own(path, mine, holder, times);
    }

    /// <summary>Reports the progress of the work, with the next heartbeat.</summary>
    public void Report(double fraction, string doing)
    {
        lock (_writing) _holder = _holder with { Fraction = fraction, Doing = doing.ReplaceLineEndings(" ") };
    }

    /// <summary>Whether this process still holds it; it may have been presumed dead.</summary>
    public bool IsOwn()
    {
        bool isOwn = IsHeld();
        if (!isOwn) _lost.Cancel();
        return isOwn;
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_writing)
        {
            try
            {
                if (IsHeld()) WholeFile.Discard(_path);
            }
            catch (IOException)
            {
                // The folder is gone. Whoever finds the file there again sees that its holder has ended.
            }

            _stream.Dispose();
        }
    }

    private static CellLock Own(string path, FileStream stream, LockHolder holder, LockTimes times)
    {
        try
        {
            RandomAccess.Write(stream.SafeFileHandle, holder.ToBytes(), 0);
        }
        catch (IOException) // for example, the disk is full: nobody would know whose lock it is
        {
            WholeFile.Discard(path);
            stream.Dispose();
            throw;
        }

        return new CellLock(path, stream, holder, times);
    }

    // The error of creating an existing file: ERROR_FILE_EXISTS, or EEXIST. Whether the file still exists is a different question.
    private static int IsThere => OperatingSystem.IsWindows() ? unchecked((int)0x80070050) : 17;

    // Shared: other processes read who holds it, and may remove it.
    private static FileStream? TryCreate(string path)
    {
        try
        {
            return new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (IOException failure) when (failure.HResult == IsThere)
        {
            return null;
        }
    }

    private bool IsHeld() => LockFile.Read(_path)?.Id == _holder.Id;

    // Writes to the file that was created, not to what now has its name: another process's lock stays unchanged.
    private void Beat()
    {
        lock (_writing)
        {
            if (!_stream.CanWrite) return; // released
            try
            {
                _holder = _holder with { Beats = _holder.Beats + 1 };
                RandomAccess.Write(_stream.SafeFileHandle, _holder.ToBytes(), 0);
                RandomAccess.FlushToDisk(_stream.SafeFileHandle); // so that other machines see it
                IsOwn();
            }
            catch (IOException)
            {
                // The next heartbeat may succeed. If none does, another process takes the cell after a while.
            }
        }
    }
}
