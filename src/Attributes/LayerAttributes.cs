namespace NoiseGen;

/// <summary>
/// A two-dimensional convolution (cross-correlation, as in PyTorch) with a bias:
/// C×H×W becomes <c>channels</c>×⌊(H + 2·Padding − kernel)/Stride + 1⌋×⌊(W + 2·Padding − kernel)/Stride + 1⌋.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class Conv2dAttribute : Attribute
{
    /// <param name="channels">Output channels, at least 1.</param>
    /// <param name="kernel">Rows and columns of the kernel, at least 1 and at most the padded input's.</param>
    public Conv2dAttribute(int channels, int kernel) => (Channels, Kernel) = (channels, kernel);

    /// <summary>Output channels.</summary>
    public int Channels { get; }

    /// <summary>Rows and columns of the kernel.</summary>
    public int Kernel { get; }

    /// <summary>Step between output pixels, at least 1.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>Rows and columns of zeros on every side, at least 0 and less than the kernel.</summary>
    public int Padding { get; set; }
}

/// <summary>A fully connected layer with a bias; an image is flattened first, in the order channel, row, column (as PyTorch does).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DenseAttribute : Attribute
{
    /// <param name="features">Output features, at least 1.</param>
    public DenseAttribute(int features) => Features = features;

    /// <summary>Output features.</summary>
    public int Features { get; }
}

/// <summary>The rectified linear unit, max(x, 0). Its gradient at 0 is 0.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReluAttribute : Attribute;

/// <summary>Max pooling; padding never wins. The gradient goes to the first of the largest elements, row by row.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MaxPoolAttribute : Attribute
{
    /// <param name="size">Rows and columns of the window, at least 1.</param>
    public MaxPoolAttribute(int size) => Size = size;

    /// <summary>Rows and columns of the window.</summary>
    public int Size { get; }

    /// <summary>Step between windows, at least 1; the window's size when not given.</summary>
    public int Stride { get; set; }

    /// <summary>Rows and columns of padding on every side, at least 0 and at most half the window.</summary>
    public int Padding { get; set; }
}

/// <summary>Average pooling.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AvgPoolAttribute : Attribute
{
    /// <param name="size">Rows and columns of the window, at least 1.</param>
    public AvgPoolAttribute(int size) => Size = size;

    /// <summary>Rows and columns of the window.</summary>
    public int Size { get; }

    /// <summary>Step between windows, at least 1; the window's size when not given.</summary>
    public int Stride { get; set; }

    /// <summary>Rows and columns of padding on every side, at least 0 and at most half the window.</summary>
    public int Padding { get; set; }

    /// <summary>Whether padding counts in the divisor (PyTorch's <c>count_include_pad</c>, true by default there and here).</summary>
    public bool CountPadding { get; set; } = true;
}
