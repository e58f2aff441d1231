using System.Diagnostics;

namespace NoiseGen.Benchmarks.Contest;

/// <summary>Times two actions in alternating turns, so that whatever else the machine does meets both.</summary>
internal static class Duel
{
    private const int MostRounds = 30;
    private const int FewestRounds = 7;
    private const int RepetitionsPerTurn = 3;

    // A turn of the deep networks takes seconds: enough rounds fit into this.
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(25);

    // Idle OpenMP threads spin for some milliseconds before they sleep (libgomp:
    // 300,000 rounds), and would take a processor from the other side.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static (Timing Ours, Timing Peer) Run(Corner ourCorner, Action ours, Corner peerCorner, Action peer)
    {
        ourCorner.Run(() => Repeat.WarmUp(ours));
        peerCorner.Run(() => Repeat.WarmUp(peer));
        var ourTimes = new List<double>();
        var peerTimes = new List<double>();
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < MostRounds && (round < FewestRounds || Stopwatch.GetElapsedTime(start) < Enough); round++)
        {
            Thread.Sleep(Pause);
            ourTimes.AddRange(ourCorner.Run(() => Repeat.Time(ours, RepetitionsPerTurn)));
            Thread.Sleep(Pause);
            peerTimes.AddRange(peerCorner.Run(() => Repeat.Time(peer, RepetitionsPerTurn)));
        }

        return (Timing.Of(ourTimes), Timing.Of(peerTimes));
    }
}
