namespace NoiseGen.CompilerServices;

/// <summary>
/// The sizes of a convolution or dense layer, and its two weight orders: PyTorch's, output × (channel, row, column), and that of the loops,
/// output × (row, column, channel). A dense layer is a 1×1 convolution whose channels are all its inputs.
/// </summary>
internal sealed class LinearShape
{
    public LinearShape(StageDescription stage)
    {
        Outputs = stage.LinearOutput.Channels;
        Groups = stage.Linear is LinearDescription.Conv2d { Groups: var groups } ? groups : 1;
        (int channels, int rows, int columns) = stage.Linear is LinearDescription.Conv2d convolution
            ? (stage.Input.Channels / Groups, convolution.Window.Height, convolution.Window.Width)
            : (stage.Input.Channels, stage.Input.Height, stage.Input.Width);
        Inputs = channels * rows * columns;
        (KernelRows, KernelColumns) = stage.Linear is LinearDescription.Conv2d ? (rows, columns) : (1, 1);
        Channels = Inputs / (KernelRows * KernelColumns);
        IsInOrder = Channels == Inputs && (channels == 1 || rows * columns == 1);
        Columns = new int[Inputs];
        for (int pixel = 0; pixel < rows * columns; pixel++)
        {
            for (int c = 0; c < channels; c++) Columns[pixel * channels + c] = c * rows * columns + pixel;
        }
    }

    /// <summary>Output channels or features.</summary>
    public int Outputs { get; }

    /// <summary>Inputs of one output: input channels of its group × kernel rows × kernel columns.</summary>
    public int Inputs { get; }

    public int KernelRows { get; }

    public int KernelColumns { get; }

    /// <summary>Input channels of one group.</summary>
    public int Channels { get; }

    public int Groups { get; }

    public int GroupOutputs => Outputs / Groups;

    /// <summary>The position in PyTorch's order of each input in the order of the loops.</summary>
    public int[] Columns { get; }

    /// <summary>Whether the order of the loops is PyTorch's.</summary>
    public bool IsInOrder { get; }
}
