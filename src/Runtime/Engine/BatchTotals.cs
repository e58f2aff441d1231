namespace NoiseGen;

/// <summary>Sums over the images of one batch or of several.</summary>
/// <param name="Loss">Sum of the losses.</param>
/// <param name="Correct">Images whose largest logit is their label's.</param>
/// <param name="Count">Images.</param>
internal readonly record struct BatchTotals(double Loss, int Correct, int Count)
{
    public static BatchTotals operator +(BatchTotals a, BatchTotals b) => new(a.Loss + b.Loss, a.Correct + b.Correct, a.Count + b.Count);
}
