using System.Globalization;

namespace NoiseGen.Benchmarks.Contest;

/// <summary>
/// Whether both sides' values are right. Where they agree they are; where they differ, a third evaluation of the same weights and data, in
/// double precision, decides which of them is wrong. All distances are root mean squares, as shares of the values' own.
/// </summary>
/// <param name="Difference">Between the sides.</param>
/// <param name="Ours">Of ours from double precision; 0 where the sides agree, and nobody was asked.</param>
/// <param name="Peer">The peer's, likewise.</param>
/// <param name="Allowed">What float may differ by.</param>
internal readonly record struct Arbitration(double Difference, double Ours, double Peer, double Allowed)
{
    /// <summary>Compares the sides, and asks for the exact values where they differ.</summary>
    public static Arbitration Of(float[] ours, float[] peer, Func<double[]> exact, double allowed)
    {
        double difference = Distance(ours, Array.ConvertAll(peer, value => (double)value));
        if (difference <= allowed) return new Arbitration(difference, 0, 0, allowed);
        double[] values = exact();
        return new Arbitration(difference, Distance(ours, values), Distance(peer, values), allowed);
    }

    // A NaN is no right value.
    public bool AreOursRight => Ours <= Allowed;

    public bool ArePeersRight => Peer <= Allowed;

    /// <summary>What was found, in words.</summary>
    /// <param name="values">What was compared, such as logits.</param>
    public string Finding(string values) => string.Create(CultureInfo.InvariantCulture,
        $"the {values} of the same weights differ by {Difference:E1} of their size; beside double precision ours are off by {Ours:E1}, "
        + $"the peer's by {Peer:E1}, and {Allowed:E0} is allowed");

    private static double Distance(float[] values, double[] expected) =>
        Math.Sqrt(values.Zip(expected, (value, one) => (value - one) * (value - one)).Average() / expected.Average(one => one * one));
}
