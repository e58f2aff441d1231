namespace NoiseGen.Tests.Reference;

/// <summary>
/// Cross-correlation with zero padding and a bias: y[o, row, column] = b[o] + Σ w[o, i, r, c] · x[start + i, row·stride + r − padding,
/// column·stride + c − padding], where start is the first input channel of o's group: the channels are divided into equal, consecutive
/// groups, and output group g reads input group g alone.
/// </summary>
internal sealed class ConvolutionOperation(int first, LinearDescription.Conv2d conv, Shape input, Shape output)
    : LinearOperation(first, conv.HasBiases)
{
    private readonly int _taps = conv.Window.Height * conv.Window.Width;
    private readonly int _pixels = input.Height * input.Width;
    private readonly int _inputsOfGroup = input.Channels / conv.Groups;
    private readonly Contact[][] _windows = Contact.Of(input, output, conv.Window);

    public override double[] Forward(double[] x, ImageNoise noise)
    {
        var y = new double[output.Count];
        for (int o = 0; o < output.Channels; o++)
        for (int window = 0; window < _windows.Length; window++)
        {
            double sum = Bias(o);
            for (int i = 0; i < _inputsOfGroup; i++)
            {
                int kernel = (o * _inputsOfGroup + i) * _taps;
                int map = (Start(o) + i) * _pixels;
                foreach ((int tap, int pixel) in _windows[window]) sum += Effective[kernel + tap] * x[map + pixel];
            }

            y[o * _windows.Length + window] = sum;
        }

        return y;
    }

    public override double[] Backward(double[] x, double[] dy, ImageNoise noise, double[][] gradients)
    {
        var dx = new double[input.Count];
        double[] dw = gradients[First];
        for (int o = 0; o < output.Channels; o++)
        for (int window = 0; window < _windows.Length; window++)
        {
            double g = dy[o * _windows.Length + window];
            if (g == 0) continue;

            AddBias(gradients, o, g);
            for (int i = 0; i < _inputsOfGroup; i++)
            {
                int kernel = (o * _inputsOfGroup + i) * _taps;
                int map = (Start(o) + i) * _pixels;
                foreach ((int tap, int pixel) in _windows[window])
                {
                    dw[kernel + tap] += g * x[map + pixel];
                    dx[map + pixel] += g * Effective[kernel + tap];
                }
            }
        }

        return dx;
    }

    private int Start(int o) => o / (conv.Channels / conv.Groups) * _inputsOfGroup;
}
