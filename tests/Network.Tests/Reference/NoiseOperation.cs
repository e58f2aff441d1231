namespace NoiseGen.Tests.Reference;

/// <summary>Additive noise: y = x + σε. The gradient passes.</summary>
internal sealed class NoiseOperation(NoiseSiteDescription site, int index) : Operation
{
    /// <summary>The site's place in the description's list.</summary>
    public int Index => index;

    public double TrainSigma { get; set; }

    public double EvaluationSigma { get; set; }

    public override double[] Forward(double[] x, ImageNoise noise)
    {
        double sigma = noise.Key.Evaluation ? EvaluationSigma : TrainSigma;
        if (sigma == 0) return x;

        Shape shape = site.Shape;
        var y = new double[x.Length];
        int i = 0;
        for (int channel = 0; channel < shape.Channels; channel++)
        for (int row = 0; row < shape.Height; row++)
        for (int column = 0; column < shape.Width; column++, i++)
        {
            y[i] = x[i] + sigma * GaussianNoise.Sample(noise.Key, index, noise.Image, shape, channel, row, column);
        }

        return y;
    }

    public override double[] Backward(double[] x, double[] dy, ImageNoise noise, double[][] gradients) => dy;
}
