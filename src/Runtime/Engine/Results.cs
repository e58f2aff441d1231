namespace NoiseGen;

/// <summary>The result of one training step.</summary>
/// <param name="Loss">Mean cross-entropy (with targets, mean squared error) over the batch's images, before the update; weighted if the
/// source has weights.</param>
/// <param name="Correct">Images whose largest logit is their label's; 0 with targets.</param>
/// <param name="Count">Images in the batch.</param>
public readonly record struct StepResult(float Loss, int Correct, int Count)
{
    /// <summary>Whether there were targets, and so nothing that could be correct.</summary>
    public bool HasTargets { get; init; }

    /// <summary>Such as <c>loss 0.512, 108 of 128 correct</c>.</summary>
    public override string ToString() =>
        InvariantText.Of($"loss {Loss:G4}, ")
            + (HasTargets ? InvariantText.Of($"{Count:#,0} images") : InvariantText.Of($"{Correct:#,0} of {Count:#,0} correct"));
}

/// <summary>The result of an evaluation.</summary>
/// <param name="Loss">Mean cross-entropy (with targets, mean squared error) over the images.</param>
/// <param name="Correct">Images whose largest logit is their label's; 0 with targets.</param>
/// <param name="Count">Images evaluated.</param>
public readonly record struct EvaluationResult(double Loss, int Correct, int Count)
{
    /// <summary>Whether there were targets, and so nothing that could be correct.</summary>
    public bool HasTargets { get; init; }

    /// <summary>The fraction of correct images, 0 … 1; NaN with targets.</summary>
    public double Accuracy => HasTargets ? double.NaN : (double)Correct / Count;

    /// <summary>Such as <c>accuracy 84.1 % of 1,024 images, loss 0.512</c>; with targets only the loss.</summary>
    public override string ToString() => HasTargets
        ? InvariantText.Of($"loss {Loss:G4} of {Count:#,0} images")
        : InvariantText.Of($"accuracy {Percent.Of(Accuracy)} of {Count:#,0} images, loss {Loss:G4}");
}
