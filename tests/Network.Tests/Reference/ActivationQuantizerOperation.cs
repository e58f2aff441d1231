namespace NoiseGen.Tests.Reference;

/// <summary>
/// y = s·clamp(round(x / s), lowest, highest), half to even. The gradient passes straight through; it is 0 where round(x / s) is outside,
/// and, if unsigned, where x ≤ 0, unless noise was added before. Without bits, y = x.
/// </summary>
internal sealed class ActivationQuantizerOperation(ActivationQuantizerDescription description) : Operation
{
    private readonly bool _isIdeal = description.Bits == 0;
    private readonly int _lowest = description.Signed ? -(1 << (description.Bits - 1)) : 0;
    private readonly int _levels = description.Signed ? (1 << (description.Bits - 1)) - 1 : (1 << description.Bits) - 1;

    public bool Signed => description.Signed;

    /// <summary>Whether noise comes between the activation and the quantizer.</summary>
    public bool BehindNoise { get; init; }

    /// <summary>The distance s between two levels: the runtime's float is the definition.</summary>
    public double Step { get; set; }

    public override double[] Forward(double[] x, ImageNoise noise) => _isIdeal
        ? [.. x]
        : Array.ConvertAll(x, value => Step * Math.Clamp(Math.Round(value / Step, MidpointRounding.ToEven), _lowest, _levels));

    public override double[] Backward(double[] x, double[] dy, ImageNoise noise, double[][] gradients) => _isIdeal
        ? [.. dy]
        : [.. x.Zip(dy, (value, g) => Passes(value) ? g : 0)];

    private bool Passes(double value) =>
        (description.Signed || BehindNoise || value > 0) && Math.Round(value / Step, MidpointRounding.ToEven) is var level
            && level >= _lowest && level <= _levels;

    /// <summary>In units of the step. Above the last boundary, levels + ½, there is none; one step below it there is.</summary>
    public override double Distance(double[] x)
    {
        if (_isIdeal) return double.PositiveInfinity;
        double[] steps = Array.ConvertAll(x, value => value / Step);
        return steps.Min(BoundaryDistance) / Room(steps);
    }

    private double BoundaryDistance(double steps)
    {
        double nearest = Math.Clamp(Math.Floor(steps), _lowest - 1, _levels) + 0.5;
        return Math.Abs(steps - nearest);
    }
}
