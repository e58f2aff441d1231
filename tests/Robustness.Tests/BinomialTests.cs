using System.Numerics;

namespace NoiseGen.Tests;

public class BinomialTests
{
    [Theory]
    [InlineData(8, 10, 0.5, 56 / 1024.0)]
    [InlineData(0, 7, 0.1, 1)]
    [InlineData(7, 7, 0.1, 1e-7)]
    [InlineData(1, 3, 0.25, 1 - 27 / 64.0)]
    public void Probabilities_by_hand(int successes, int trials, double chance, double expected) =>
        Assert.Equal(expected, BinomialTest.UpperTail(successes, trials, chance), expected * 1e-12);

    /// <summary>Σ C(n, i)·(K − 1)ⁿ⁻ⁱ / Kⁿ in whole numbers.</summary>
    [Theory]
    [InlineData(141, 1024, 10)]
    [InlineData(1100, 10_000, 10)]
    [InlineData(260, 500, 2)]
    [InlineData(30, 200, 12)]
    public void Probabilities_of_test_sets(int successes, int trials, int classes)
    {
        BigInteger ways = 1, sum = 0;
        for (int i = 0; i <= trials; i++)
        {
            if (i > 0) ways = ways * (trials - i + 1) / i;
            if (i >= successes) sum += ways * BigInteger.Pow(classes - 1, trials - i);
        }

        double expected = Math.Exp(BigInteger.Log(sum) - BigInteger.Log(BigInteger.Pow(classes, trials)));
        Assert.Equal(expected, BinomialTest.UpperTail(successes, trials, 1.0 / classes), expected * 1e-9);
    }
}
