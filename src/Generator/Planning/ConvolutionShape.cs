using NoiseGen.Generator.Graph;

namespace NoiseGen.Generator.Planning;

/// <summary>The shape of a linear operation, as a convolution.</summary>
/// <param name="IsFlattened">Whether it is a dense layer that reads several pixels of several channels. PyTorch then orders the inputs
/// differently from the loops.</param>
internal sealed record ConvolutionShape(ImageShape Source, ImageShape Target, WindowNode Window, int Groups, bool IsDense, bool IsFlattened)
{
    public int Outputs => Target.Channels;

    /// <summary>Inputs per output.</summary>
    public int Inputs => Window.Height * Window.Width * GroupChannels;

    /// <summary>Input channels of one group.</summary>
    public int GroupChannels => Source.Channels / Groups;

    /// <summary>Output channels of one group.</summary>
    public int GroupOutputs => Outputs / Groups;

    /// <summary>A dense layer is a 1×1 convolution over one pixel whose channels are all its inputs.</summary>
    public static ConvolutionShape Of(StageNode node) => node.Linear is LinearNode.Conv2d convolution
        ? new ConvolutionShape(node.Input, node.LinearOutput, convolution.Window, convolution.Groups, IsDense: false, IsFlattened: false)
        : new ConvolutionShape(
            new ImageShape(node.Input.Count, 1, 1), node.LinearOutput, new WindowNode(1, 1, 1, 1, 0, 0), Groups: 1, IsDense: true,
            IsFlattened: node.Input is { Channels: > 1 } map && map.Count > map.Channels);
}
