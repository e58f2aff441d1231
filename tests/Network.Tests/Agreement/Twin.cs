using NoiseGen.CompilerServices;
using NoiseGen.Tests.Declared;
using NoiseGen.Tests.Reference;

namespace NoiseGen.Tests.Agreement;

/// <summary>
/// A generated network and the oracle's interpretation of its description, with the same parameters and noise. Values are drawn so that
/// rounding errors cannot put the two on different sides of a kink: values closer to one than <see cref="KinkDistance"/> are drawn again,
/// never excused.
/// </summary>
internal sealed class Twin : IDisposable
{
    // In units of a quantizer's step, or of the values themselves: a dot product of a few hundred terms of size 1 in float errs by
    // about 1e-7 to 1e-6.
    private const double KinkDistance = 1e-5;

    private readonly int _seed;
    private int _batches;

    /// <param name="setBits">Changes quantizers' bits, before anything is drawn; null leaves them as declared.</param>
    public Twin(string name, int batchSize, int threads = 2, Action<NeuralNetwork>? setBits = null)
    {
        _seed = name.Sum(letter => letter) * 1000 + batchSize;
        Network = DeclaredNetworks.Create(name, seed: 0xA11CE, batchSize, threads);
        setBits?.Invoke(Network);
        Reference = new ReferenceNetwork(BitsInUse.Of(Network));
        SetSigmas();
        DrawStatistics();
        DrawScales();
        CopySettings();
        DrawParameters();
    }

    public NeuralNetwork Network { get; }

    public ReferenceNetwork Reference { get; }

    /// <summary>The stages with an activation quantizer of a constant scale.</summary>
    public IEnumerable<Stage> QuantizedStages => Network.Stages.Where(stage => stage.Description.ActivationQuantizer is { Learned: null });

    /// <summary>The statistics of the norms.</summary>
    public IReadOnlyList<Statistic> NormStatistics => [.. Network.Statistics.Where(statistic => !IsOfScale(statistic))];

    /// <summary>The training noise that the network's next step sees.</summary>
    public NoiseKey NextStep => new(Network.Seed, Network.Step, Evaluation: false);

    /// <summary>Copies the network's run-time settings to the reference: sigmas and quantizer steps.</summary>
    public void CopySettings()
    {
        foreach (NoiseOperation site in Reference.Noise)
        {
            NoiseSite actual = Network.Noise[site.Index];
            (site.TrainSigma, site.EvaluationSigma) = (actual.TrainSigma, actual.EvaluationSigma);
            site.Scale = Unit(actual) / Math.Sqrt(actual.Repetitions) / (actual.NormalizesToInputSize ? site.Description.Shape.Count : 1);
            if (site.Description.Form == NoiseForm.Combined) site.AdditiveShare = actual.AdditiveShare;
            (site.Device, site.IsPatternOfChannels) = (actual.Device, actual.PatternScope == PatternScope.Channel);
        }

        foreach ((ActivationQuantizerOperation quantizer, Stage stage) in Reference.Quantizers.Zip(QuantizedStages))
            quantizer.Step = stage.Quantizer.Step;
        foreach ((LearnedScaleOperation scale, Stage stage) in Reference.Scales.Zip(
            Network.Stages.Where(stage => stage.Description.ActivationQuantizer is { Learned: not null })))
            scale.HeldStep = stage.Quantizer.IsLearned ? null : stage.Quantizer.Step;
    }

    private double Unit(NoiseSite site) => site.Description.Unit switch
    {
        SigmaUnit.QuantizerStep => Network.Stages[site.Description.Stage].Quantizer.Step,
        SigmaUnit.Range => site.Range!.Value,
        _ => 1,
    };

    /// <summary>
    /// Copies the network's parameters to the reference, after moving weights away from their quantizers' rounding boundaries.
    /// </summary>
    public void Synchronize()
    {
        var random = new Random(_seed);
        foreach (LinearOperation layer in Reference.Layers)
        {
            if (layer.Quantizer is ReferenceWeightQuantizer quantizer) Settle(Network.Parameters[layer.First].Values, quantizer, random);
        }

        Reference.Load(Parameters());
        IReadOnlyList<Statistic> statistics = NormStatistics;
        for (int i = 0; i < Reference.Norms.Count; i++)
            (Reference.Norms[i].RunningMean, Reference.Norms[i].RunningVariance) =
                (Widen(statistics[2 * i].Values), Widen(statistics[2 * i + 1].Values));
        foreach (LearnedScaleOperation scale in Reference.Scales) scale.CollectedSteps = (int)Network.Statistics[scale.Statistic].Values[0];
    }

    /// <summary>Draws images that stay away from kinks under a given noise. Every call draws different ones.</summary>
    public Batch DrawBatch(int count, NoiseKey noise)
    {
        double[][] images = DrawImages(count, noise);
        return new(images, new Random(_seed + _batches).Labels(count, Network.Classes));
    }

    /// <summary>The images alone.</summary>
    public double[][] DrawImages(int count, NoiseKey noise) => new Random((_seed + ++_batches) * 1000)
        .Images(Reference, count, Network.Description.Input.Count, noise, KinkDistance);

    /// <summary>The network's parameters in double.</summary>
    public double[][] Parameters() => [.. Network.Parameters.Select(parameter => Widen(parameter.Values))];

    /// <summary>The network's gradients in double.</summary>
    public double[][] Gradients() => [.. Network.Parameters.Select(parameter => Widen(parameter.Gradients))];

    /// <summary>Replaces what an optimizer made of scales that are still being collected by their running values.</summary>
    public void KeepRunning(double[][] parameters)
    {
        foreach (LearnedScaleOperation scale in Reference.Scales.Where(scale => scale.IsCollecting))
            parameters[scale.Parameter] = [scale.Maximum];
    }

    public void Dispose() => Network.Dispose();

    // A different sigma at every site, and in evaluation, so that no two can be mistaken for each other.
    private void SetSigmas()
    {
        foreach (NoiseSite site in Network.Noise)
        {
            site.TrainSigma = 0.05f + 0.3f * site.Index / Network.Noise.Count;
            site.EvaluationSigma = 0.3f - 0.2f * site.Index / Network.Noise.Count;
            if (site.Description.Form == NoiseForm.Combined) site.AdditiveShare = 0.2f + 0.5f * site.Index / Network.Noise.Count;
            if (site.Description.Unit == SigmaUnit.Range) site.Range = 0.5f + 0.75f * site.Index / Network.Noise.Count;
        }
    }

    // Not the initial statistics of a new network: evaluation must use these.
    private void DrawStatistics()
    {
        var random = new Random(_seed + 1);
        foreach (Statistic statistic in NormStatistics)
        {
            foreach (ref float value in statistic.Values)
                value = (float)(statistic.Name.EndsWith("running_var", StringComparison.Ordinal)
                    ? 1 + random.Uniform(0.5) : random.Uniform(0.5));
        }
    }

    // Half of the scales, and the first, have been collected.
    private void DrawScales()
    {
        foreach ((int index, Statistic statistic) in Network.Statistics.Where(IsOfScale).Index())
            statistic.Values[0] = index % 2 == 0 ? 300 : 0;
    }

    private static bool IsOfScale(Statistic statistic) => statistic.Name.EndsWith(".quantizer.steps", StringComparison.Ordinal);

    private void DrawParameters()
    {
        var random = new Random(_seed);
        foreach (Parameter parameter in Network.Parameters)
        {
            double[] values = random.Parameter(parameter.Description);
            for (int i = 0; i < values.Length; i++) parameter.Values[i] = (float)values[i];
        }
    }

    // Weights only shrink, and the largest of a group, which lies exactly on a level, never moves: the scales do not change.
    private static void Settle(Span<float> weights, ReferenceWeightQuantizer quantizer, Random random)
    {
        bool moved = true;
        while (moved)
        {
            moved = false;
            double[] distances = quantizer.Distances(Widen(weights));
            for (int i = 0; i < distances.Length; i++)
            {
                if (distances[i] >= KinkDistance) continue;
                weights[i] *= 0.5f + 0.5f * random.NextSingle();
                moved = true;
            }
        }
    }

    public static double[] Widen(ReadOnlySpan<float> values)
    {
        var wide = new double[values.Length];
        for (int i = 0; i < wide.Length; i++) wide[i] = values[i];
        return wide;
    }
}
