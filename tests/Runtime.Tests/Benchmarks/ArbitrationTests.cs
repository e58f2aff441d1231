using NoiseGen.Benchmarks.Contest;

namespace NoiseGen.Runtime.Tests.Benchmarks;

/// <summary>If the two sides of a benchmark differ, double precision decides which one is wrong.</summary>
public class ArbitrationTests
{
    private const double Allowed = 1e-5;

    private static readonly float[] s_right = [.. Enumerable.Range(0, 1280).Select(i => MathF.Sin(i))];

    // The error of float, and that found with libtorch using AVX-512: 1.8 %.
    private static readonly float[] s_rounded = Disturbed(2e-7f), s_wrong = Disturbed(0.018f);

    [Fact]
    public void SidesThatAgreeNeedNoArbitration()
    {
        var found = Arbitration.Of(s_right, s_rounded, () => throw new InvalidOperationException("Nobody asks."), Allowed);
        Assert.True(found.AreOursRight && found.ArePeersRight);
        Assert.InRange(found.Difference, 1e-8, 1e-6);
    }

    [Fact]
    public void TheSideThatIsOffIsWrong()
    {
        var peerIsWrong = Arbitration.Of(s_rounded, s_wrong, Exact, Allowed);
        Assert.Equal((true, false), (peerIsWrong.AreOursRight, peerIsWrong.ArePeersRight));
        Assert.Contains("the logits of the same weights differ by 1.8E-002 of their size", peerIsWrong.Finding("logits"));

        var weAreWrong = Arbitration.Of(s_wrong, s_rounded, Exact, Allowed);
        Assert.Equal((false, true), (weAreWrong.AreOursRight, weAreWrong.ArePeersRight));

        var bothAreWrong = Arbitration.Of(s_wrong, Disturbed(-0.018f), Exact, Allowed);
        Assert.Equal((false, false), (bothAreWrong.AreOursRight, bothAreWrong.ArePeersRight));
    }

    /// <summary>Each side may be off by the allowed error, in opposite directions.</summary>
    [Fact]
    public void BothMayBeRightAndDiffer()
    {
        var found = Arbitration.Of(Disturbed(0.8e-5f), Disturbed(-0.8e-5f), Exact, Allowed);
        Assert.InRange(found.Difference, Allowed, 2 * Allowed);
        Assert.Equal((true, true), (found.AreOursRight, found.ArePeersRight));
    }

    [Fact]
    public void ValuesThatAreNotNumbersAreWrong()
    {
        float[] broken = [.. s_right];
        broken[7] = float.NaN;
        Assert.Equal((true, false), Verdict(s_right, broken));
        Assert.Equal((false, true), Verdict(broken, s_right));

        static (bool, bool) Verdict(float[] ours, float[] peer)
        {
            var found = Arbitration.Of(ours, peer, Exact, Allowed);
            return (found.AreOursRight, found.ArePeersRight);
        }
    }

    [Fact]
    public void AMatchGoesOnBesideAPeerThatIsWrong()
    {
        Assert.Null(Check(new Contender(s_right), new Contender(s_rounded)));
        string? fault = Check(new Contender(s_right), new Contender(s_wrong));
        Assert.StartsWith("the peer is wrong: the logits of the same weights differ by 1.8E-002", fault);
        fault = Check(new Contender(s_right), new Contender(s_right) { Loss = 2.1f });
        Assert.StartsWith("the peer is wrong: the first losses", fault);
    }

    [Fact]
    public void AMatchStopsWhereWeAreWrong()
    {
        Assert.Contains("net, clean: we are wrong: the logits", Refusal(new Contender(s_wrong), new Contender(s_right)));
        var unlucky = new Contender(s_right) { Loss = 2.1f };
        Assert.Contains("net, clean: we are wrong: the first losses", Refusal(unlucky, new Contender(s_right)));

        static string Refusal(Contender ours, Contender peer) => Assert.Throws<ContestException>(() => Check(ours, peer)).Message;
    }

    private static double[] Exact() => [.. s_right.Select(value => (double)value)];

    private static float[] Disturbed(float share) => [.. s_right.Select((value, i) => value * (1 + (i % 2 == 0 ? share : -share)))];

    private static string? Check(Contender ours, Contender peer)
    {
        using Corner ourCorner = new("ours"), peerCorner = new("the peer");
        Side our = new("ours", ourCorner, ours), other = new("the peer", peerCorner, peer);
        var match = new Match("net", Variant.Clean, sites: 0, new Workload([], [], 1), our, other, () => { }, new Truth());
        match.Check();
        return match.PeerFault;
    }

    private sealed class Truth : IExact
    {
        public double[] Logits() => Exact();

        public double Loss() => Contender.FirstLoss;
    }

    /// <summary>Always outputs the same logits, and learns.</summary>
    private sealed class Contender(float[] logits) : IContender
    {
        public const float FirstLoss = 2f;

        private int _steps;

        public float Loss { get; init; } = FirstLoss;

        public void SetSigma(int site, float sigma) { }

        public float TrainStep() => Loss * MathF.Pow(0.9f, _steps++);

        public void Evaluate() { }

        public float[] Logits() => logits;

        public void Dispose() { }
    }
}
