namespace NoiseGen.Tests.Reference;

/// <summary>−log softmax(logits)[label].</summary>
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

    private static double LogSumExp(double[] logits)
    {
        double largest = logits.Max();
        return largest + Math.Log(logits.Sum(z => Math.Exp(z - largest)));
    }
}
