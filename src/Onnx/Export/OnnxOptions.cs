namespace NoiseGen.Onnx;

/// <summary>What an ONNX model has in addition to the network's weights and operations.</summary>
public sealed record OnnxOptions
{
    /// <summary>The noise in the model; none by default.</summary>
    public OnnxNoise Noise { get; init; }

    /// <summary>The model's documentation; by default the network's name and the version of NoiseGen.</summary>
    public string? Documentation { get; init; }
}

/// <summary>The noise of an ONNX model.</summary>
public enum OnnxNoise
{
    /// <summary>None.</summary>
    None,

    /// <summary>
    /// The noise of an evaluation, with the sites' <see cref="NoiseSite.EvaluationSigma"/>
    /// and the stages' <see cref="WeightNoise.EvaluationSigma"/> at the time of the export,
    /// and with the weights drifted to <see cref="NeuralNetwork.DriftTime"/>, or as <see cref="NeuralNetwork.Chip"/> holds them.
    /// The ONNX runtime draws new samples in every run; a site with a <see cref="NoiseSite.Device"/> has that device's pattern.
    /// </summary>
    Evaluation,
}
