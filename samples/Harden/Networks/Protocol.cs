using System.Collections.Immutable;

namespace Harden;

/// <summary>
/// How the papers' authors train a network (UniHD-CEG/VANT and walking-noise, experiment_configs):
/// the defaults of an experiment. Adam, and a cosine by epoch to 0, are the same for all.
/// </summary>
/// <param name="LearningRate">Adam's learning rate.</param>
/// <param name="Epochs">Epochs on CIFAR-10, or on speech.</param>
/// <param name="MnistEpochs">Epochs on MNIST and on drawn digits.</param>
internal sealed record Protocol(float LearningRate, int Epochs, int MnistEpochs = 50)
{
    private static readonly ImmutableArray<float> s_lenetScales =
        [Rounding.Learned, 0.25f, 0.5f, 1f, 2f, 4f, 8f, 16f, 32f, 64f, 128f, 256f, 512f];

    /// <summary>Images in a training step.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>The compared bits of weights and activations.</summary>
    public ImmutableArray<int> Bits { get; init; } = [16, 8, 4];

    /// <summary>The compared scales of the activations.</summary>
    public ImmutableArray<float> Scales { get; init; } = s_lenetScales;

    public int EpochsOn(DataChoice data) => data is DataChoice.Mnist or DataChoice.Digits ? MnistEpochs : Epochs;
}
