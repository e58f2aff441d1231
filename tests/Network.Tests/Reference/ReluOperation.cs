namespace NoiseGen.Tests.Reference;

/// <summary>max(x, 0); its gradient at 0 is 0.</summary>
internal sealed class ReluOperation : Operation
{
    public override double[] Forward(double[] x, ImageNoise noise) => Array.ConvertAll(x, value => Math.Max(value, 0));

    public override double[] Backward(double[] x, double[] dy, ImageNoise noise, double[][] gradients) =>
        [.. x.Zip(dy, (value, g) => value > 0 ? g : 0)];

    /// <summary>Exact zeros do not count: they come from an earlier ReLU and are exact in float as well.</summary>
    public override double Distance(double[] x) =>
        x.Where(value => value != 0).Select(Math.Abs).DefaultIfEmpty(double.PositiveInfinity).Min() / Room(x);
}
