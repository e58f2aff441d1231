using NoiseGen.Generator.Graph;

namespace NoiseGen.Generator.Planning;

/// <summary>A linear operation as a convolution.</summary>
internal sealed record ConvolutionShape(ImageShape Source, ImageShape Target, WindowNode Window, bool IsDense)
{
    public int Outputs => Target.Channels;

    /// <summary>Inputs of one output.</summary>
    public int Inputs => Window.Height * Window.Width * Source.Channels;

    /// <summary>A dense layer is a 1×1 convolution over one pixel whose channels are all its inputs.</summary>
    public static ConvolutionShape Of(StageNode node) => node.Linear is LinearNode.Conv2d convolution
        ? new ConvolutionShape(node.Input, node.LinearOutput, convolution.Window, false)
        : new ConvolutionShape(new ImageShape(node.Input.Count, 1, 1), node.LinearOutput, new WindowNode(1, 1, 1, 1, 0, 0), true);
}
