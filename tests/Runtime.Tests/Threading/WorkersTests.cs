namespace NoiseGen.Runtime.Tests.Threading;

public class WorkersTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void WhereOneCannotBeStartedTheOthersEnd()
    {
        var started = new List<Thread>();

        Assert.Throws<OutOfMemoryException>(() => new Workers(5, thread =>
        {
            if (started.Count == 3) throw new OutOfMemoryException("No more threads.");
            thread.Start();
            started.Add(thread);
        }));

        Assert.Equal(3, started.Count);
        Assert.All(started, thread => Assert.True(thread.Join(s_patience)));
    }

    /// <summary>Objects finalized after the team may call the network: they must not wait for threads that have ended.</summary>
    [Fact]
    public async Task AfterTheirEndTheCallerWorksAlone()
    {
        var team = new ThreadTeam(3);
        team.Dispose();
        var numbers = new List<int>();
        await Task.Run(() => team.Run(numbers.Add)).WaitAsync(s_patience);
        Assert.Equal([0], numbers);
    }

    [Fact]
    public void TheFirstFailureIsThrownAndTheNextRoundRuns()
    {
        using var team = new ThreadTeam(3);
        for (int round = 0; round < 100; round++)
        {
            Assert.Equal("2", Assert.Throws<InvalidDataException>(() => team.Run(Fail)).Message);
            int sum = 0;
            team.Run(thread => Interlocked.Add(ref sum, thread));
            Assert.Equal(0 + 1 + 2, sum);
        }

        static void Fail(int thread)
        {
            if (thread == 2) throw new InvalidDataException($"{thread}");
        }
    }
}
