namespace NoiseGen.Tests.Reference;

/// <summary>The loss of one image: −log softmax(logits)[label], or with targets the mean of (logit − target)² over the logits.</summary>
internal static class ReferenceLoss
{
    public static double Loss(double[] logits, int label) => LogSumExp(logits) - logits[label];

    public static double[] Gradient(double[] logits, int label)
    {
        double logSumExp = LogSumExp(logits);
        double[] gradient = Array.ConvertAll(logits, z => Math.Exp(z - logSumExp));
        gradient[label] -= 1;
        return gradient;
    }

    /// <summary>With label smoothing: against 1 − α + α/K for the label and α/K for each of the other classes.</summary>
    public static double Loss(double[] logits, int label, double smoothing)
    {
        double logSumExp = LogSumExp(logits);
        return logits.Select((z, c) => Expected(c, label, smoothing, logits.Length) * (logSumExp - z)).Sum();
    }

    /// <summary>Likewise.</summary>
    public static double[] Gradient(double[] logits, int label, double smoothing)
    {
        double logSumExp = LogSumExp(logits);
        return [.. logits.Select((z, c) => Math.Exp(z - logSumExp) - Expected(c, label, smoothing, logits.Length))];
    }

    private static double Expected(int c, int label, double smoothing, int classes) =>
        smoothing / classes + (c == label ? 1 - smoothing : 0);

    public static double Loss(double[] logits, double[] targets) => logits.Zip(targets, (z, t) => (z - t) * (z - t)).Average();

    public static double[] Gradient(double[] logits, double[] targets) => [.. logits.Zip(targets, (z, t) => 2 * (z - t) / logits.Length)];

    private static double LogSumExp(double[] logits)
    {
        double largest = logits.Max();
        return largest + Math.Log(logits.Sum(z => Math.Exp(z - largest)));
    }
}
