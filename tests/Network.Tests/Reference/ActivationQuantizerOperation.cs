namespace NoiseGen.Tests.Reference;

/// <summary>
/// y = s·min(round(x / s), levels) for x ≥ 0, half to even; the gradient passes straight through, and is 0 where round(x / s) is above
/// the last level.
/// </summary>
internal sealed class ActivationQuantizerOperation(ActivationQuantizerDescription description) : Operation
{
    private readonly int _levels = (1 << description.Bits) - 1;

    /// <summary>The distance s between two levels: the runtime's float is the definition.</summary>
    public double Step { get; set; }

    public override double[] Forward(double[] x, ImageNoise noise) =>
        Array.ConvertAll(x, value => Step * Math.Clamp(Math.Round(value / Step, MidpointRounding.ToEven), 0, _levels));

    public override double[] Backward(double[] x, double[] dy, double[][] gradients) =>
        [.. x.Zip(dy, (value, g) => value > 0 && Math.Round(value / Step, MidpointRounding.ToEven) <= _levels ? g : 0)];

    /// <summary>In units of the step. Above the last boundary, levels + ½, there is none; one step below it there is.</summary>
    public override double Distance(double[] x)
    {
        double[] steps = Array.ConvertAll(x, value => value / Step);
        return steps.Min(BoundaryDistance) / Room(steps);
    }

    private double BoundaryDistance(double steps)
    {
        double nearest = Math.Clamp(Math.Floor(steps), 0, _levels) + 0.5;
        return Math.Abs(steps - nearest);
    }
}
