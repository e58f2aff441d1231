namespace NoiseGen.Runtime.Tests.Noise;

/// <summary>The standard normal distribution in double precision.</summary>
internal static class Normal
{
    /// <summary>
    /// Φ(x): the sum x + x³/3 + x⁵/(3·5) + … near the middle,
    /// the continued fraction of the tail (Abramowitz and Stegun 26.2.11 and 26.2.14) outside.
    /// </summary>
    public static double Cumulative(double x)
    {
        double density = Density(x);
        if (Math.Abs(x) > 3)
        {
            double fraction = 0;
            for (int n = 80; n >= 1; n--) fraction = n / (Math.Abs(x) + fraction);
            double tail = density / (Math.Abs(x) + fraction);
            return x < 0 ? tail : 1 - tail;
        }

        double term = x, sum = x;
        for (int n = 3; Math.Abs(term) > 1e-18; n += 2) sum += term *= x * x / n;
        return 0.5 + density * sum;
    }

    public static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);

    /// <summary>Φ⁻¹(p) for 0 &lt; p ≤ ½: Halley's method from the asymptotic start value, until it no longer changes.</summary>
    public static double Quantile(double p)
    {
        double x = p > 0.1 ? (p - 0.5) * 2.5 : -Math.Sqrt(-2 * Math.Log(p));
        for (int i = 0; i < 30; i++)
        {
            double newton = (Cumulative(x) - p) / Density(x);
            double step = newton / (1 + 0.5 * x * newton);
            x -= step;
            if (Math.Abs(step) < 1e-13) break;
        }

        return x;
    }
}
