namespace NoiseGen.Tests.Reference;

/// <summary>
/// An activation quantizer with a learned scale: y = s·clamp(round(x / s), lowest, highest) with s = max(|v|, 1e-10) / levels. While the
/// scale is collected, v is the batch's 99.999 percentile of |x|, and its gradient goes to the value that is the percentile (Brevitas'
/// Uint8ActPerTensorFloat). Gradients pass straight through the clamp to 1e-10. Without bits, y = x, and v is neither learned nor
/// collected.
/// </summary>
/// <param name="maximum">Index of v among the network's parameters.</param>
/// <param name="steps">Index of the number of collected steps among its statistics.</param>
internal sealed class LearnedScaleOperation(ActivationQuantizerDescription description, int maximum, int steps)
{
    private const double Smallest = 1e-10;

    private readonly bool _isIdeal = description.Bits == 0;
    private readonly int _lowest = description.Signed ? -(1 << (description.Bits - 1)) : 0;
    private readonly int _highest = description.Signed ? (1 << (description.Bits - 1)) - 1 : (1 << description.Bits) - 1;
    private readonly int _levels = description.Signed ? 1 << (description.Bits - 1) : (1 << description.Bits) - 1;

    /// <summary>Index of the parameter.</summary>
    public int Parameter => maximum;

    /// <summary>Index of the statistic.</summary>
    public int Statistic => steps;

    /// <summary>Whether noise comes between the activation and the quantizer.</summary>
    public bool BehindNoise { get; init; }

    /// <summary>The parameter v.</summary>
    public double Maximum { get; set; } = 1;

    public int CollectedSteps { get; set; }

    /// <summary>The step of a scale that is held; null if it is learned.</summary>
    public double? HeldStep { get; set; }

    public bool IsCollecting => !_isIdeal && HeldStep is null && CollectedSteps < 300;

    public void Load(double[][] parameters) => Maximum = parameters[maximum][0];

    public double[][] Evaluate(double[][] x) => Quantize(x, HeldStep ?? StepOf(Maximum));

    public double[][] Train(double[][] x) => Quantize(x, Step(x));

    public double[][] Backward(double[][] x, double[][] dy, double[][] gradients)
    {
        if (_isIdeal) return Array.ConvertAll(dy, image => (double[])image.Clone());
        double step = Step(x);
        double sum = 0;
        double[][] dx = [.. x.Select(image => new double[image.Length])];
        for (int i = 0; i < x.Length; i++)
        for (int e = 0; e < x[i].Length; e++)
        {
            double level = Level(x[i][e] / step);
            bool isInside = level >= _lowest && level <= _highest;
            sum += dy[i][e] * (isInside ? level - x[i][e] / step : Math.Clamp(level, _lowest, _highest));
            dx[i][e] = isInside && (description.Signed || BehindNoise || x[i][e] > 0) ? dy[i][e] : 0;
        }

        if (HeldStep is not null) return dx;
        (double value, int image, int element) = IsCollecting ? Percentile(x) : (Maximum, 0, 0);
        if (IsCollecting) dx[image][element] += Math.Sign(value) * sum / _levels; // PyTorch's abs has the slope 0 at 0,
        else gradients[maximum][0] += (value < 0 ? -sum : sum) / _levels;         // Brevitas' abs_binary_sign_grad 1
        return dx;
    }

    /// <summary>The value of v after a training step on these inputs.</summary>
    public double After(double[][] x)
    {
        if (!IsCollecting) return Maximum;
        double percentile = Math.Max(Math.Abs(Percentile(x).Value), Smallest);
        return CollectedSteps == 0 ? percentile : 0.9 * Maximum + 0.1 * percentile;
    }

    /// <summary>
    /// As <see cref="Operation.Distance"/>, for each image; in training, also the distance of the percentile from its neighbouring values.
    /// </summary>
    public double[] Distances(double[][] x, bool isTraining)
    {
        if (_isIdeal) return Array.ConvertAll(x, _ => double.PositiveInfinity);
        double step = isTraining ? Step(x) : HeldStep ?? StepOf(Maximum);
        double[] distances = Array.ConvertAll(x, image => Distance(Array.ConvertAll(image, value => value / step)));
        if (!isTraining || !IsCollecting) return distances;
        (double value, int holder, int place) = Percentile(x);
        if (value == 0) return distances;
        for (int i = 0; i < x.Length; i++)
        for (int e = 0; e < x[i].Length; e++)
        {
            if ((i, e) == (holder, place)) continue;
            distances[holder] =
                Math.Min(distances[holder], Math.Abs(Math.Abs(x[i][e]) - Math.Abs(value)) / Math.Max(1, Math.Abs(value) / 16));
        }

        return distances;
    }

    private double Distance(double[] steps) =>
        steps.Min(value => Math.Abs(value - (Math.Clamp(Math.Floor(value), _lowest - 1, _highest) + 0.5))) / Math.Max(
            1, steps.Max(Math.Abs) / 16);

    private double[][] Quantize(double[][] x, double step) => _isIdeal
        ? Array.ConvertAll(x, image => (double[])image.Clone())
        : Array.ConvertAll(x, image => Array.ConvertAll(image, value => step * Math.Clamp(Level(value / step), _lowest, _highest)));

    private double Step(double[][] x) => HeldStep ?? StepOf(IsCollecting ? Percentile(x).Value : Maximum);

    private double StepOf(double value) => Math.Max(Math.Abs(value), Smallest) / _levels;

    private static double Level(double steps) => Math.Round(steps, MidpointRounding.ToEven);

    // The k-th smallest magnitude, k = ⌊0.99999·n + 0.5⌋.
    private static (double Value, int Image, int Element) Percentile(double[][] x)
    {
        (double Value, int Image, int Element)[] sorted =
            [.. x.SelectMany((image, i) => image.Select((value, e) => (value, i, e))).OrderBy(value => Math.Abs(value.value))];
        return sorted[(int)Math.Floor(.01 * 99.999 * sorted.Length + 0.5) - 1];
    }
}
