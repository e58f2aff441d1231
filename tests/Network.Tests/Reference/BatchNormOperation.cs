namespace NoiseGen.Tests.Reference;

/// <summary>
/// y = γ·(x − mean)/√(var + ε) + β for each channel, over all images and pixels of a batch in training, with the running statistics in
/// evaluation (arXiv 1502.03167). The biased variance normalizes; the running variance is updated with the unbiased one.
/// </summary>
/// <param name="first">Index of γ among the network's parameters; β follows.</param>
internal sealed class BatchNormOperation(BatchNormDescription norm, int first, Shape shape)
{
    private readonly int _pixels = shape.Height * shape.Width;
    private double[] _weights = [];
    private double[] _biases = [];

    public double[] RunningMean { get; set; } = new double[shape.Channels];

    public double[] RunningVariance { get; set; } = [.. Enumerable.Repeat(1.0, shape.Channels)];

    /// <summary>
    /// Applied to the statistics of values and gradients. Their error is the same for all values of a channel: it accumulates where other
    /// errors cancel.
    /// </summary>
    public Func<double, double> Rounding { get; set; } = exact => exact;

    public void Load(double[][] parameters) => (_weights, _biases) = (parameters[first], parameters[first + 1]);

    public double[][] Evaluate(double[][] x) => Normalize(x, RunningMean, RunningVariance);

    public double[][] Train(double[][] x)
    {
        (double[] means, double[] variances) = Statistics(x);
        return Normalize(x, means, variances);
    }

    /// <summary>
    /// The running statistics after a training step on these inputs. A single value per channel has no unbiased variance, and changes
    /// nothing.
    /// </summary>
    public void UpdateRunning(double[][] x)
    {
        (double[] means, double[] variances) = Statistics(x);
        double count = x.Length * _pixels;
        if (count == 1) return;
        for (int c = 0; c < means.Length; c++)
        {
            RunningMean[c] = (1 - norm.Momentum) * RunningMean[c] + norm.Momentum * means[c];
            RunningVariance[c] = (1 - norm.Momentum) * RunningVariance[c] + norm.Momentum * variances[c] * count / (count - 1);
        }
    }

    public double[][] Backward(double[][] x, double[][] dy, double[][] gradients)
    {
        (double[] means, double[] variances) = Statistics(x);
        double count = x.Length * _pixels;
        double[][] dx = [.. x.Select(image => new double[image.Length])];
        for (int c = 0; c < means.Length; c++)
        {
            // With x̂ = (x − mean)/√(var + ε): dx = γ/√(var + ε) · (dy − mean(dy) − x̂·mean(dy·x̂)).
            double deviation = Math.Sqrt(variances[c] + norm.Epsilon);
            double sum = 0, product = 0;
            ForEach(x, c, (i, e) =>
            {
                sum += dy[i][e];
                product += dy[i][e] * (x[i][e] - means[c]) / deviation;
            });
            gradients[first][c] += product;
            gradients[first + 1][c] += sum;
            double meanGradient = Rounding(sum / count), meanProduct = Rounding(product / count);
            ForEach(x, c, (i, e) =>
                dx[i][e] = _weights[c] / deviation * (dy[i][e] - meanGradient - (x[i][e] - means[c]) / deviation * meanProduct));
        }

        return dx;
    }

    private double[][] Normalize(double[][] x, double[] means, double[] variances) => [.. x.Select(image => image
        .Select((value, e) => e / _pixels is var c
            ? _weights[c] * (value - means[c]) / Math.Sqrt(variances[c] + norm.Epsilon) + _biases[c] : 0).ToArray())];

    private (double[] Means, double[] Variances) Statistics(double[][] x)
    {
        double count = x.Length * _pixels;
        double[] means = new double[shape.Channels], variances = new double[shape.Channels];
        for (int c = 0; c < shape.Channels; c++)
        {
            double sum = 0, squares = 0;
            ForEach(x, c, (i, e) => sum += x[i][e]);
            ForEach(x, c, (i, e) => squares += (x[i][e] - sum / count) * (x[i][e] - sum / count));
            (means[c], variances[c]) = (Rounding(sum / count), Rounding(squares / count));
        }

        return (means, variances);
    }

    private void ForEach(double[][] x, int channel, Action<int, int> visit)
    {
        for (int i = 0; i < x.Length; i++)
        for (int pixel = 0; pixel < _pixels; pixel++)
            visit(i, channel * _pixels + pixel);
    }
}
