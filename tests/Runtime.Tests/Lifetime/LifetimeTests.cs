using System.Globalization;
using System.Runtime.CompilerServices;

namespace NoiseGen.Runtime.Tests.Lifetime;

/// <summary>An unused network leaves nothing behind.</summary>
public class LifetimeTests
{
    // NOISEGEN_LIFETIMES=5000 takes longer; a leak of one thread, handle or network shows in fewer.
    private static int Count =>
        int.TryParse(Environment.GetEnvironmentVariable("NOISEGEN_LIFETIMES"), CultureInfo.InvariantCulture, out int count) ? count : 300;

    // A network takes 300 KiB; the runtime may keep this much of it now and then.
    private const int MostKiB = 100;

    [Theory]
    [InlineData(Lifetimes.Disposed)]
    [InlineData(Lifetimes.Dropped)]
    public void NetworksThatEndLeaveNoThreadHandleOrMemory(string end)
    {
        int[] left = [.. Child.Run(new Dictionary<string, string>(), Child.Lifetimes, end, $"{Count}").Split(' ').Select(int.Parse)];

        Assert.Equal((0, 0), (left[0], left[1])); // networks and threads
        Assert.InRange(left[2], -10, 10); // handles, of which the runtime may open some
        Assert.InRange(left[3], -MostKiB * 100, MostKiB);
    }

    /// <summary>Its parts may outlive it, but none of them keeps threads and work memory alive.</summary>
    [Fact]
    public void NoPartOfANetworkKeepsTheWhole()
    {
        (WeakReference network, object[] parts) = Parts();
        Lifetimes.Collect();
        Assert.False(network.IsAlive);
        GC.KeepAlive(parts);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Network, object[] Parts) Parts()
    {
        var network = new Tiny(seed: 1, batchSize: 32, threads: 2);
        var optimizer = new Adam(1e-3f);
        network.TrainStep(new float[8], [0], optimizer);
        object[] parts = [optimizer, network.Description, network.Hidden, network.Parameters, network.Statistics, network.Noise];
        return (new WeakReference(network), parts);
    }
}
