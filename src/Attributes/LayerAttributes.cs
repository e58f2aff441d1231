namespace NoiseGen;

/// <summary>
/// A two-dimensional convolution (cross-correlation, as in PyTorch):
/// C×H×W becomes <c>channels</c>×⌊(H + 2·Padding − kernel)/Stride + 1⌋×⌊(W + 2·Padding − kernel)/Stride + 1⌋.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class Conv2dAttribute : WindowAttribute
{
    /// <summary>A square kernel.</summary>
    /// <param name="channels">Output channels, at least 1, or <see cref="Block.Channels"/> in a block.</param>
    /// <param name="kernel">Rows and columns of the kernel, at least 1 and at most the padded input's.</param>
    public Conv2dAttribute(int channels, int kernel) => (Channels, Kernel) = (channels, kernel);

    /// <summary>A kernel of any shape.</summary>
    /// <param name="channels">Output channels, at least 1, or <see cref="Block.Channels"/> in a block.</param>
    /// <param name="kernelHeight">Rows of the kernel, at least 1 and at most the padded input's.</param>
    /// <param name="kernelWidth">Columns of the kernel, at least 1 and at most the padded input's.</param>
    public Conv2dAttribute(int channels, int kernelHeight, int kernelWidth) =>
        (Channels, KernelHeight, KernelWidth) = (channels, kernelHeight, kernelWidth);

    /// <summary>Output channels.</summary>
    public int Channels { get; }

    /// <summary>Rows and columns of a square kernel.</summary>
    public int Kernel { get; }

    /// <summary>Rows of the kernel.</summary>
    public int KernelHeight { get; }

    /// <summary>Columns of the kernel.</summary>
    public int KernelWidth { get; }

    /// <summary>
    /// The number of equal, consecutive groups of input and output channels: output group g sees only input group g. 1 by default. As many
    /// groups as input channels make a depthwise convolution (<see cref="Block.Channels"/> in a block). The number must divide input and
    /// output channels.
    /// </summary>
    public int Groups { get; set; } = 1;

    /// <summary>Whether biases are added; true by default. A following batch norm makes them redundant.</summary>
    public bool Bias { get; set; } = true;
}

/// <summary>
/// The common settings of the windows of convolutions and pools. Padding is at least 0; it is less than the kernel of a convolution, and at
/// most half the window of a pool.
/// </summary>
public abstract class WindowAttribute : Attribute
{
    private protected WindowAttribute() { }

    /// <summary>
    /// The distance between windows, at least 1. By default 1 for a convolution and the window's size for a pool.
    /// <see cref="Block.Stride"/> in a block.
    /// </summary>
    public int Stride { get; set; }

    /// <summary>Rows from one window to the next; <see cref="Stride"/> when not given.</summary>
    public int StrideHeight { get; set; }

    /// <summary>Columns from one window to the next; <see cref="Stride"/> when not given.</summary>
    public int StrideWidth { get; set; }

    /// <summary>Rows and columns of padding on every side.</summary>
    public int Padding { get; set; }

    /// <summary>Rows of padding above and below; <see cref="Padding"/> when not given.</summary>
    public int PaddingHeight { get; set; }

    /// <summary>Columns of padding on either side; <see cref="Padding"/> when not given.</summary>
    public int PaddingWidth { get; set; }
}

/// <summary>A fully connected layer; an image is flattened first, in the order channel, row, column (as PyTorch does).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DenseAttribute : Attribute
{
    /// <param name="features">Output features, at least 1.</param>
    public DenseAttribute(int features) => Features = features;

    /// <summary>Output features.</summary>
    public int Features { get; }

    /// <summary>Whether biases are added; true by default.</summary>
    public bool Bias { get; set; } = true;
}

/// <summary>
/// Batch normalisation, y = γ·(x − mean)/√(var + ε) + β for each channel (arXiv 1502.03167): over the batch's images and pixels in
/// training, with running statistics in evaluation. Defaults and details are PyTorch's: the biased variance normalizes, the unbiased one
/// updates the running value. A batch with one value per channel, such as a single image after a dense layer, has no variance: its output
/// is β, and it leaves the running statistics unchanged (PyTorch rejects it).
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BatchNormAttribute : Attribute
{
    /// <summary>ε, above 0.</summary>
    public float Epsilon { get; set; } = 1e-5f;

    /// <summary>Weight of a batch's statistics in the running ones, above 0 and at most 1.</summary>
    public float Momentum { get; set; } = 0.1f;
}

/// <summary>
/// Max pooling. Padding is never the maximum. The gradient goes to the first of the largest elements, in row-major order.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MaxPoolAttribute : WindowAttribute
{
    /// <summary>A square window.</summary>
    /// <param name="size">Rows and columns of the window, at least 1.</param>
    public MaxPoolAttribute(int size) => Size = size;

    /// <summary>A window of any shape.</summary>
    /// <param name="windowHeight">Rows of the window, at least 1.</param>
    /// <param name="windowWidth">Columns of the window, at least 1.</param>
    public MaxPoolAttribute(int windowHeight, int windowWidth) => (WindowHeight, WindowWidth) = (windowHeight, windowWidth);

    /// <summary>Rows and columns of a square window.</summary>
    public int Size { get; }

    /// <summary>Rows of the window.</summary>
    public int WindowHeight { get; }

    /// <summary>Columns of the window.</summary>
    public int WindowWidth { get; }
}

/// <summary>Average pooling.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AvgPoolAttribute : WindowAttribute
{
    /// <summary>A square window.</summary>
    /// <param name="size">Rows and columns of the window, at least 1.</param>
    public AvgPoolAttribute(int size) => Size = size;

    /// <summary>A window of any shape.</summary>
    /// <param name="windowHeight">Rows of the window, at least 1.</param>
    /// <param name="windowWidth">Columns of the window, at least 1.</param>
    public AvgPoolAttribute(int windowHeight, int windowWidth) => (WindowHeight, WindowWidth) = (windowHeight, windowWidth);

    /// <summary>Rows and columns of a square window.</summary>
    public int Size { get; }

    /// <summary>Rows of the window.</summary>
    public int WindowHeight { get; }

    /// <summary>Columns of the window.</summary>
    public int WindowWidth { get; }

    /// <summary>Whether padding counts in the divisor (PyTorch's <c>count_include_pad</c>, true by default there and here).</summary>
    public bool CountPadding { get; set; } = true;
}

/// <summary>Average pooling over the whole map: C×H×W becomes C×1×1.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class GlobalAvgPoolAttribute : Attribute;

/// <summary>
/// Dropout (arXiv 1207.0580), inverted: training sets each output to 0 with probability <c>rate</c> and multiplies the
/// remaining ones by 1 / (1 − rate); evaluation does nothing. The rate can be changed at run time.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DropoutAttribute : Attribute
{
    /// <param name="rate">Fraction of the outputs that training drops, above 0 and below 1.</param>
    public DropoutAttribute(float rate = 0.5f) => Rate = rate;

    /// <summary>Fraction of the outputs that training drops.</summary>
    public float Rate { get; }
}
