using System.Diagnostics;
using NoiseGen.Storage;

namespace NoiseGen.Sweeps.Cells;

/// <summary>How often a lock's holder says that it lives, and after what silence it is taken for dead.</summary>
/// <param name="Beat">Between two signs of life.</param>
/// <param name="Stale">Silence of a holder on another machine, whose end nobody can see.</param>
internal sealed record LockTimes(TimeSpan Beat, TimeSpan Stale)
{
    /// <summary>Of tasks of a cluster, whose shared folder is not to be kept busy.</summary>
    public static LockTimes Default { get; } = new(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(2));

    /// <summary>Of a process that people look at.</summary>
    public static LockTimes Lively { get; } = Default with { Beat = TimeSpan.FromSeconds(1) };
}

/// <summary>
/// Keeps others away from a cell by a file that is there, on file systems too that know no locks: it is made exclusively, and its holder
/// writes into it that it lives. A holder that has ended on this machine is seen at once, one on another machine by its silence.
/// Should two processes hold it for a while, since one was silent and lives, that one learns of it, and ends.
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

    /// <summary>Is cancelled when the lock has become another's.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Takes the lock; null where another holds it, or it cannot be said yet whether it lives.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="times">How often it beats.</param>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public static CellLock? TryTake(string path, LockTimes times)
    {
        var holder = LockHolder.New();
        if (TryCreate(path) is { } made) return Own(path, made, holder, times);
        if (LockFile.Read(path) is not { } found) return null; // given back meanwhile: the next try has it
        if (!found.IsStale(times.Stale)) return null;

        // Who may replace the stale one is decided by a file that belongs to it, and so nobody replaces the lock of whoever was faster.
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

    /// <summary>Says how far the work is, with the next sign of life.</summary>
    public void Report(double fraction, string doing)
    {
        lock (_writing) _holder = _holder with { Fraction = fraction, Doing = doing.ReplaceLineEndings(" ") };
    }

    /// <summary>Whether it is this process's still; it may have been taken for dead.</summary>
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
                // The folder is gone; whoever finds the file there again sees that its holder has ended.
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
        catch (IOException) // the disk is full, say: nobody would know whose it is
        {
            WholeFile.Discard(path);
            stream.Dispose();
            throw;
        }

        return new CellLock(path, stream, holder, times);
    }

    // What making a file is told that is there: ERROR_FILE_EXISTS, or EEXIST. Whether it is there still would be another question.
    private static int IsThere => OperatingSystem.IsWindows() ? unchecked((int)0x80070050) : 17;

    // Shared: others read who it is, and may remove it.
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

    // Into the file that was made, not into what has its name: another's lock stays as it is.
    private void Beat()
    {
        lock (_writing)
        {
            if (!_stream.CanWrite) return; // given back
            try
            {
                _holder = _holder with { Beats = _holder.Beats + 1 };
                RandomAccess.Write(_stream.SafeFileHandle, _holder.ToBytes(), 0);
                RandomAccess.FlushToDisk(_stream.SafeFileHandle); // to where other machines see it
                IsOwn();
            }
            catch (IOException)
            {
                // The next beat may come through; and if none does, others take the cell after a while.
            }
        }
    }
}
