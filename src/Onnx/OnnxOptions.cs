namespace NoiseGen.Onnx;

/// <summary>What an ONNX model has beside the network's weights and operations.</summary>
public sealed record OnnxOptions
{
    /// <summary>Which noise it has; none by default.</summary>
    public OnnxNoise Noise { get; init; }

    /// <summary>The model's documentation; by default the network's name and what its file was written with.</summary>
    public string? Documentation { get; init; }
}

/// <summary>The noise of an ONNX model.</summary>
public enum OnnxNoise
{
    /// <summary>None.</summary>
    None,

    /// <summary>
    /// That of an evaluation, as strong as the sites' <see cref="NoiseSite.EvaluationSigma"/>
    /// and the stages' <see cref="WeightNoise.EvaluationSigma"/> say when the file is written,
    /// and with the weights drifted to <see cref="NeuralNetwork.DriftTime"/>.
    /// The samples are the ONNX runtime's, drawn anew in every run; a site with a <see cref="NoiseSite.Device"/> has that device's pattern.
    /// </summary>
    Evaluation,
}
