namespace NoiseGen;

/// <summary>Declares a neural network: the generator completes the partial class with its layers' forward and backward code.</summary>
/// <remarks>
/// <para>What you write:</para>
/// <code>
/// [Network(1, 28, 28)]
/// [Noise&lt;Additive&gt;(Sites.All)]
/// public sealed partial class Digits
/// {
///     [Conv2d(6, 5), Relu, AvgPool(2)] public partial Stage Conv1 { get; }
///     [Dense(10)]                      public partial Stage Logits { get; }
/// }
/// </code>
/// <para>The generated class is derived from <c>NeuralNetwork</c> and has <c>new Digits(seed: 1)</c>, <c>TrainStep</c>,
/// <c>Evaluate</c>, <c>Forward</c>, <c>Description</c> and one <c>Stage</c> object per property, in the order of declaration.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NetworkAttribute : Attribute
{
    /// <summary>A network whose input is an image.</summary>
    /// <param name="channels">Channels of the input, at least 1.</param>
    /// <param name="height">Rows of the input, at least 1.</param>
    /// <param name="width">Columns of the input, at least 1.</param>
    public NetworkAttribute(int channels, int height, int width) => (Channels, Height, Width) = (channels, height, width);

    /// <summary>A network whose input is a flat vector of features.</summary>
    /// <param name="features">Length of the vector, at least 1.</param>
    public NetworkAttribute(int features) : this(features, 1, 1) { }

    /// <summary>Channels of the input.</summary>
    public int Channels { get; }

    /// <summary>Rows of the input.</summary>
    public int Height { get; }

    /// <summary>Columns of the input.</summary>
    public int Width { get; }

    /// <summary>
    /// Whether 3×3 convolutions may be computed by Winograd's transforms, or by middle products on maps of 2×2, where that is faster. They
    /// need up to four times fewer multiplications and round a little differently: with them, ResNet-18's logits differ from those in
    /// double precision by less than 5e-6 of the largest. True by default.
    /// </summary>
    public bool Winograd { get; set; } = true;
}
