namespace NoiseGen.Benchmarks.Contest;

/// <summary>What both sides train with.</summary>
internal static class Training
{
    /// <summary>Adam's step length: the authors' for LeNet-5 (arXiv 2501.14531).</summary>
    public const float LearningRate = 1e-3f;

    /// <summary>Standard deviation of the noise while it is timed; how much noise there is costs nothing.</summary>
    public const float Sigma = 0.1f;
}
