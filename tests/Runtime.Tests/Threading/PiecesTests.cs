namespace NoiseGen.Runtime.Tests.Threading;

public class PiecesTests
{
    // As many as threads, fewer, more, none, and numbers that are not multiples of the threads.
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 8)]
    [InlineData(3, 2)]
    [InlineData(4, 4)]
    [InlineData(4, 0)]
    [InlineData(5, 100_003)]
    public void EveryPieceIsTakenOnce(int threads, int count)
    {
        var pieces = new Pieces(threads);
        var taken = new int[count];
        for (int round = 1; round <= 10; round++)
        {
            pieces.Begin(count);
            using var start = new Barrier(threads);
            Thread[] all = [.. Enumerable.Range(0, threads).Select(number => new Thread(() =>
            {
                start.SignalAndWait();
                while (pieces.Take(number) is { } piece) Interlocked.Increment(ref taken[piece]);
            }))];
            foreach (Thread thread in all) thread.Start();
            foreach (Thread thread in all) thread.Join();
            Assert.All(taken, times => Assert.Equal(round, times));
        }
    }

    [Fact]
    public void AThreadBeginsWithItsOwnShareAndThenHelps()
    {
        var pieces = new Pieces(2);
        pieces.Begin(5);
        Assert.Equal([2, 3, 4, 0], [.. Enumerable.Range(0, 4).Select(_ => pieces.Take(1))]);
        Assert.Equal(1, pieces.Take(0));
        Assert.Null(pieces.Take(0));
        Assert.Null(pieces.Take(1));
    }
}
