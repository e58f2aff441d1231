using NoiseGen.Sweeps.Cells;

namespace NoiseGen.Sweeps.Tests;

/// <summary>One process holds a cell. It loses the cell only if it ends, or is silent for long; then it notices.</summary>
public sealed class CellLockTests : IDisposable
{
    private static readonly LockTimes s_quick = new(TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(600));

    private readonly string _folder = Directory.CreateTempSubdirectory("lock").FullName;

    private string Target => Path.Combine(_folder, "cell.lock");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_lock_is_held_by_one_and_given_back()
    {
        using (CellLock held = CellLock.TryTake(Target, s_quick)!)
        {
            Assert.Null(CellLock.TryTake(Target, s_quick));
            held.Report(0.25, "epoch 1/4");
            Thread.Sleep(s_quick.Stale * 2); // it writes heartbeats in the meantime
            Assert.Null(CellLock.TryTake(Target, s_quick));
            LockHolder? holder = null; // a slow disk may delay the heartbeats
            Assert.True(SpinWait.SpinUntil(() => (holder = LockFile.Read(Target)!.Holder) is { Beats: > 10 }, TimeSpan.FromMinutes(1)));
            Assert.Equal((Environment.MachineName, Environment.ProcessId, 0.25, "epoch 1/4"), (holder!.Machine, holder.Process,
                holder.Fraction, holder.Doing));
            Assert.True(holder is { IsHere: true, IsDead: false });
            Assert.True(held.IsOwn());
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void The_lock_of_a_process_that_has_ended_is_taken_at_once()
    {
        File.WriteAllBytes(Target, (LockHolder.New() with { Started = 1 }).ToBytes()); // a reused process id
        using CellLock? taken = CellLock.TryTake(Target, LockTimes.Default);
        Assert.NotNull(taken);
        Assert.True(taken.IsOwn());
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));
    }

    /// <summary>A holder that is running on this machine is not silent, whatever keeps it from writing.</summary>
    [Fact]
    public void That_of_a_process_that_runs_here_is_not_taken_for_its_silence()
    {
        File.WriteAllBytes(Target, LockHolder.New().ToBytes());
        Thread.Sleep(s_quick.Stale * 1.5);
        Assert.Null(CellLock.TryTake(Target, s_quick));
    }

    [Fact]
    public void One_of_another_machine_is_taken_when_it_was_silent_for_long()
    {
        File.WriteAllBytes(Target, (LockHolder.New() with { Machine = "elsewhere" }).ToBytes());
        Assert.Null(CellLock.TryTake(Target, s_quick));
        Thread.Sleep(s_quick.Stale * 1.5);
        using CellLock? taken = CellLock.TryTake(Target, s_quick);
        Assert.NotNull(taken);
    }

    /// <summary>An empty file belongs to a process that has just created it, or was killed at that moment.</summary>
    [Fact]
    public void An_empty_one_is_somebodys_for_a_while()
    {
        File.WriteAllText(Target, "");
        Assert.Null(CellLock.TryTake(Target, s_quick));
        Thread.Sleep(s_quick.Stale * 1.5);
        using CellLock? taken = CellLock.TryTake(Target, s_quick);
        Assert.NotNull(taken);
    }

    [Fact]
    public void Whoever_loses_it_learns_of_it_and_leaves_the_others_alone()
    {
        CellLock held = CellLock.TryTake(Target, s_quick)!;
        byte[] other = (LockHolder.New() with { Machine = "elsewhere" }).ToBytes();
        string aside = Path.Combine(_folder, "aside");
        File.WriteAllBytes(aside, other);
        File.Move(aside, Target, overwrite: true);
        Assert.True(held.Lost.WaitHandle.WaitOne(TimeSpan.FromMinutes(1)));
        Assert.False(held.IsOwn());
        held.Dispose();
        Assert.Equal(other, File.ReadAllBytes(Target));
    }

    /// <summary>Many processes take and release it all the time: no two hold it at once, and none gets an error about a file.</summary>
    [Fact]
    public void It_may_be_given_back_while_others_try()
    {
        int holders = 0, taken = 0, twice = 0;
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < 300; i++)
            {
                using CellLock? held = CellLock.TryTake(Target, LockTimes.Default);
                if (held is null) continue;
                if (Interlocked.Increment(ref holders) > 1) Interlocked.Increment(ref twice);
                Interlocked.Increment(ref taken);
                Interlocked.Decrement(ref holders);
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.Equal(0, twice);
        Assert.True(taken > 100, $"It was taken {taken} times.");
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    /// <summary>Of many processes that find a stale lock at the same moment, one takes it.</summary>
    [Fact]
    public void A_stale_one_is_taken_by_one_of_many()
    {
        for (int round = 0; round < 30; round++)
        {
            File.WriteAllBytes(Target, (LockHolder.New() with { Started = 1 }).ToBytes());
            CellLock?[] taken = new CellLock?[8];
            using var start = new Barrier(taken.Length);
            Thread[] threads = [.. Enumerable.Range(0, taken.Length).Select(i => new Thread(() =>
            {
                start.SignalAndWait();
                taken[i] = CellLock.TryTake(Target, LockTimes.Default);
            }))];
            foreach (Thread thread in threads) thread.Start();
            foreach (Thread thread in threads) thread.Join();
            Assert.Single(taken, one => one is not null);
            foreach (CellLock? one in taken) one?.Dispose();
            Assert.Empty(Directory.GetFileSystemEntries(_folder));
        }
    }
}
