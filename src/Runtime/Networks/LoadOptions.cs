namespace NoiseGen;

/// <summary>What <see cref="NeuralNetwork.Load(string, LoadOptions)"/> accepts.</summary>
public sealed record LoadOptions
{
    /// <summary>
    /// Whether parameters and running statistics may be NaN or infinite, as those of a training that diverged can be; at first they may
    /// not: a network with one such weight computes with it in silence.
    /// </summary>
    public bool AllowNonFinite { get; init; }
}
