namespace NoiseGen.Tests.Reference;

/// <summary>x above zero, slope·x below; the slope at zero is the one below.</summary>
internal sealed class LeakyReluOperation(double slope) : Operation
{
    public override double[] Forward(double[] x, ImageNoise noise) => Array.ConvertAll(x, value => value > 0 ? value : slope * value);

    public override double[] Backward(double[] x, double[] dy, ImageNoise noise, double[][] gradients) =>
        [.. x.Zip(dy, (value, g) => value > 0 ? g : slope * g)];

    public override double Distance(double[] x) => x.Min(Math.Abs) / Room(x);
}

/// <summary>A smooth function whose derivative is a function of its value.</summary>
internal sealed class SmoothOperation(Func<double, double> function, Func<double, double> derivative) : Operation
{
    /// <summary>
    /// Applied to the value from which the derivative is computed. Near an end of its range, where it rounds to that end, the derivative is
    /// zero.
    /// </summary>
    public Func<double, double> Rounding { get; set; } = exact => exact;

    public override double[] Forward(double[] x, ImageNoise noise) => [.. x.Select(function)];

    public override double[] Backward(double[] x, double[] dy, ImageNoise noise, double[][] gradients) =>
        [.. x.Zip(dy, (value, g) => g * derivative(Rounding(function(value))))];
}
