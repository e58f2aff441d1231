namespace NoiseGen;

/// <summary>The exact one-sided binomial test.</summary>
internal static class BinomialTest
{
    /// <summary>The probability of at least k successes if each trial succeeds by chance: <c>Σ_{i ≥ k} C(n, i)·pⁱ·(1 − p)ⁿ⁻ⁱ</c>.</summary>
    /// <param name="successes">k, 0 … <paramref name="trials"/>.</param>
    /// <param name="trials">n, at least 1.</param>
    /// <param name="chance">p, above 0 and below 1.</param>
    public static double UpperTail(int successes, int trials, double chance)
    {
        // Starts from the first term, in logarithms because factorials overflow. Each later term is its quotient times the previous one.
        double logarithm = successes * Math.Log(chance) + (trials - successes) * Math.Log(1 - chance);
        for (int i = 1; i <= successes; i++) logarithm += Math.Log((double)(trials - successes + i) / i);
        double term = Math.Exp(logarithm), sum = term;
        for (int i = successes; i < trials; i++) sum += term *= (trials - i) / (i + 1.0) * chance / (1 - chance);
        return Math.Min(sum, 1);
    }
}
