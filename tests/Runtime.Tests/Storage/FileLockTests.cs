using NoiseGen.Runtime.Tests.Data;
using NoiseGen.Storage;

namespace NoiseGen.Runtime.Tests.Storage;

public sealed class FileLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Target => _folder.File(".work.lock");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OneHoldsItAndTheNextMayWhenItIsGivenBack()
    {
        using (FileLock? first = FileLock.TryTake(Target))
        {
            Assert.NotNull(first);
            Assert.Null(FileLock.TryTake(Target));
            Assert.True(File.Exists(Target)); // a refused process leaves the holder's file unchanged
            Assert.Null(FileLock.TryTake(Target));
        }

        Assert.False(File.Exists(Target));
        using FileLock? next = FileLock.TryTake(Target);
        Assert.NotNull(next);
    }

    [Fact]
    public void TheFileOfAKilledHolderIsTakenOver()
    {
        File.WriteAllText(Target, "");
        using (FileLock? taken = FileLock.TryTake(Target)) Assert.NotNull(taken);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public void AMissingFolderHasNoHolder() =>
        Assert.Throws<DirectoryNotFoundException>(() => FileLock.TryTake(_folder.File("missing/.lock")));

    /// <summary>A random test: no two hold it at once.</summary>
    [Fact]
    public void TwoNeverHoldItAtOnce()
    {
        const int Holders = 8, Times = 2_000;
        (int inside, int taken) = (0, 0);
        Parallel.For(0, Holders, _ =>
        {
            for (int i = 0; i < Times; i++)
            {
                using FileLock? held = FileLock.TryTake(Target);
                if (held is null) continue;
                Assert.Equal(1, Interlocked.Increment(ref inside));
                Interlocked.Increment(ref taken);
                Interlocked.Decrement(ref inside);
            }
        });
        Assert.InRange(taken, 1, Holders * Times);
    }
}
