namespace NoiseGen.Tests.Reference;

/// <summary>
/// Noise of the library's kinds: additive y = x + σε, multiplicative y = x(1 + σε),
/// combined y = x(1 + σ_m ε₁) + σ_a ε₂ or (x + σ_a ε₂)(1 + σ_m ε₁) with σ_a = σr and σ_m = σ(1 − r).
/// </summary>
internal sealed class NoiseOperation(NoiseSiteDescription site, int index) : Operation
{
    /// <summary>The site's place in the description's list.</summary>
    public int Index => index;

    public NoiseSiteDescription Description => site;

    public double TrainSigma { get; set; }

    public double EvaluationSigma { get; set; }

    /// <summary>What a sigma is multiplied by: its unit, repetitions, the site's size.</summary>
    public double Scale { get; set; } = 1;

    /// <summary>The ratio r of combined noise.</summary>
    public double AdditiveShare { get; set; } = 0.5;

    /// <summary>The sigma of one image of a training batch, from its draw g and the site's sigma.</summary>
    public Func<double, double, double> OfImage { get; set; } = (_, sigma) => sigma;

    /// <summary>The device whose fixed pattern it is; null for fresh samples.</summary>
    public uint? Device { get; set; }

    /// <summary>Whether every pixel has the device's pattern of its channel.</summary>
    public bool IsPatternOfChannels { get; set; }

    public override double[] Forward(double[] x, ImageNoise noise) => Sigma(noise) is var sigma and not 0
        ? Elements(noise, (i, first, second) => site.Kind switch
        {
            nameof(Additive) => x[i] + sigma * first,
            nameof(Multiplicative) => x[i] * (1 + sigma * first),
            nameof(Combined) => x[i] * (1 + sigma * (1 - AdditiveShare) * first) + sigma * AdditiveShare * second,
            nameof(CombinedAdditiveFirst) => (x[i] + sigma * AdditiveShare * second) * (1 + sigma * (1 - AdditiveShare) * first),
            _ => throw new InvalidOperationException($"Unknown noise {site.Kind}."),
        })
        : x;

    public override double[] Backward(double[] x, double[] dy, ImageNoise noise, double[][] gradients) =>
        site.Kind == nameof(Additive) || Sigma(noise) == 0
        ? dy
        : Elements(noise,
            (i, first, _) => dy[i] * (1 + Sigma(noise) * (site.Kind == nameof(Multiplicative) ? 1 : 1 - AdditiveShare) * first));

    private double Sigma(ImageNoise noise)
    {
        double sigma = noise.Key.Evaluation ? EvaluationSigma : TrainSigma;
        if (sigma == 0) return 0;
        return Scale * (noise.Key.Evaluation ? sigma : OfImage(GaussianNoise.ImageSample(noise.Key, noise.Image), sigma));
    }

    // Of each element and its two samples.
    private double[] Elements(ImageNoise noise, Func<int, double, double, double> function)
    {
        Shape shape = site.Shape;
        var y = new double[shape.Count];
        int i = 0;
        for (int channel = 0; channel < shape.Channels; channel++)
        for (int row = 0; row < shape.Height; row++)
        for (int column = 0; column < shape.Width; column++, i++)
        {
            (int patternRow, int patternColumn) = IsPatternOfChannels ? (0, 0) : (row, column);
            y[i] = Device is { } device
                ? function(
                    i, GaussianNoise.DeviceSample(device, index, shape, channel, patternRow, patternColumn),
                    GaussianNoise.SecondDeviceSample(device, index, shape, channel, patternRow, patternColumn))
                : function(
                    i, GaussianNoise.Sample(noise.Key, index, noise.Image, shape, channel, row, column),
                    GaussianNoise.SecondSample(noise.Key, index, noise.Image, shape, channel, row, column));
        }

        return y;
    }
}
