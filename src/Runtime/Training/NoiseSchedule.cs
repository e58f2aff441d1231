using System.Globalization;
using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// The strength of the training noise over the epochs. A custom schedule describes itself in <see cref="object.ToString"/>: a
/// <see cref="Trainer.Checkpoint"/> distinguishes schedules by it.
/// </summary>
public abstract class NoiseSchedule
{
    /// <summary>Leaves the <see cref="NoiseSite.TrainSigma"/> of every site unchanged.</summary>
    public static NoiseSchedule None { get; } = new SitesOwn();

    /// <summary>The same strength at every site and in every epoch.</summary>
    /// <param name="sigma">Standard deviation in the sites' unit: a finite number, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    public static NoiseSchedule Constant(float sigma) =>
        new ByEpoch($"constant {sigma}", sigma, static (sigma, _, _) => sigma) { Length = LengthRule.IsAny };

    /// <summary>
    /// Linearly from 0 in the first epoch to <paramref name="sigma"/>, which then stays (the authors' <c>is_incremental</c>, 100 epochs of
    /// 500; theirs trains the first epoch at full strength, this schedule without noise).
    /// </summary>
    /// <param name="sigma">The strength in the end: a finite number, at least 0.</param>
    /// <param name="rampEpochs">Epochs until it is reached, at least 1; a fifth of the training when not given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not allowed. A ramp longer than the training throws when the training
    /// starts.</exception>
    public static NoiseSchedule Ramp(float sigma, int? rampEpochs = null)
    {
        if (rampEpochs < 1) throw new ArgumentOutOfRangeException(nameof(rampEpochs), rampEpochs, "A ramp takes at least one epoch.");
        FormattableString text = rampEpochs is { } length
            ? (FormattableString)$"ramp to {sigma} over {length} epochs"
            : $"ramp to {sigma} over a fifth of the epochs";
        return new ByEpoch(
            text, sigma, (target, epoch, epochs) => target * Math.Min(1f, (float)epoch / (rampEpochs ?? Math.Max(1, epochs / 5))),
            rampEpochs)
        {
            Length = rampEpochs is null ? LengthRule.Matters : LengthRule.IsAny,
        };
    }

    /// <summary>
    /// Linearly from 0 to 1.5 times <paramref name="sigma"/>, back down to it, and then constant (the authors' <c>is_overshooting</c>):
    /// over 65 %, 15 % and 20 % of the epochs, the authors' shares of 500.
    /// </summary>
    /// <param name="sigma">The strength in the end: a finite number, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    public static NoiseSchedule Overshoot(float sigma) => new ByEpoch($"overshoot to {sigma}", sigma, static (target, epoch, epochs) =>
    {
        const double Peak = 1.5;
        double up = epochs * 0.65, down = epochs * 0.15;
        double factor = epoch < up ? Peak * epoch / up : epoch < up + down ? Peak + (1 - Peak) * (epoch - up) / down : 1;
        return (float)(target * factor);
    });

    /// <summary>
    /// A strength m·σ + s·|g| with a new g ~ N(0, 1) in each epoch (variance-aware training, the authors' <c>is_std_of_std</c>).
    /// </summary>
    /// <param name="sigma">σ: a finite number, at least 0.</param>
    /// <param name="deviation">s, in the units of σ: a finite number, at least 0.</param>
    /// <param name="mean">m: a finite number, at least 0.</param>
    /// <param name="seed">Seeds g.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    public static NoiseSchedule VarianceAware(float sigma, float deviation, float mean = 1f, ulong seed = 0)
    {
        ImageSigma draws = ImageSigma.HalfNormal(mean, deviation);
        return new ByEpoch(
            $"variance-aware {sigma}, deviation {deviation}, mean {mean}, seed {seed}", sigma,
            (target, epoch, _) => draws.Of(new NoiseKey(seed, (uint)epoch, false), 0, target))
        {
            Length = LengthRule.MattersByImage,
        };
    }

    /// <summary>
    /// This schedule, with a separate strength for each image of each batch once this schedule has reached its final strength
    /// (variance-aware training, arXiv 2503.16183).
    /// </summary>
    /// <param name="perImage">How images differ.</param>
    public NoiseSchedule With(ImageSigma perImage) => new PerImage(this, perImage ?? throw new ArgumentNullException(nameof(perImage)));

    /// <summary>
    /// This schedule, multiplied by a separate factor for each site (the map of the layer-mapped noise in arXiv 2212.10430).
    /// </summary>
    /// <param name="factors">One factor for each site, in execution order: finite numbers, at least 0.</param>
    /// <exception cref="ArgumentException">A factor is not allowed. A wrong number of them throws when the training starts.</exception>
    /// <exception cref="InvalidOperationException">This schedule leaves the sigmas of the sites in force.</exception>
    public NoiseSchedule Mapped(IReadOnlyList<float> factors)
    {
        CheckMap(factors, "factor", nameof(factors));
        if (!SetsSigmas)
            throw new InvalidOperationException(
                "This schedule leaves the sites' sigmas as they are, and so there is nothing to map: map one that sets them, such as "
                    + "NoiseSchedule.Constant.");
        return new ByMap(this, [.. factors]);
    }

    /// <summary>As <see cref="Mapped"/>, with factors that share a fixed budget: each is divided by their sum.</summary>
    /// <param name="weights">One weight for each site, in execution order: finite numbers, at least 0, not all of them 0.</param>
    /// <exception cref="ArgumentException">A weight is not allowed, or their sum is 0.</exception>
    /// <exception cref="InvalidOperationException">This schedule leaves the sigmas of the sites in force.</exception>
    public NoiseSchedule Budgeted(IReadOnlyList<float> weights)
    {
        CheckMap(weights, "weight", nameof(weights));
        double sum = weights.Sum(static weight => (double)weight);
        if (sum == 0)
            throw new ArgumentException(
                "The weights of a sigma map are all 0: there is nothing to share the budget among.", nameof(weights));
        return Mapped([.. weights.Select(weight => (float)(weight / sum))]);
    }

    private static void CheckMap(IReadOnlyList<float> values, string what, string parameter)
    {
        ArgumentNullException.ThrowIfNull(values, parameter);
        foreach (float value in values)
        {
            if (!Setting.IsNotNegative(value))
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"A {what} of a sigma map is a finite number, at least 0, not {value}."),
                    parameter);
        }
    }

    /// <summary>Whether this schedule sets the training sigmas of the sites.</summary>
    internal virtual bool SetsSigmas => true;

    /// <summary>
    /// Whether the strength in an epoch depends on the number of epochs, so that a training cannot simply be made longer. True unless
    /// overridden: nothing is known about a custom schedule.
    /// </summary>
    public virtual bool DependsOnEpochs => true;

    /// <summary>The standard deviation in one epoch.</summary>
    /// <param name="epoch">Number of the epoch, from 0.</param>
    /// <param name="epochs">Epochs in all.</param>
    public abstract float SigmaAt(int epoch, int epochs);

    /// <summary>Called before each epoch: sets the training sigma of the sites.</summary>
    /// <param name="sites">The network's sites.</param>
    /// <param name="epoch">Number of the epoch, from 0.</param>
    /// <param name="epochs">Epochs in all.</param>
    public virtual void Apply(NoiseSites sites, int epoch, int epochs)
    {
        sites.PerImage = null;
        sites.SetTrainSigma(SigmaAt(epoch, epochs));
    }

    /// <summary>Called before the training: checks that the schedule fits it.</summary>
    /// <param name="sites">The network's sites.</param>
    /// <param name="epochs">Epochs in all.</param>
    /// <exception cref="InvalidOperationException">It does not fit; the message says why.</exception>
    public virtual void Check(NoiseSites sites, int epochs)
    {
    }

    // How the length of the training matters. By image: the final strength is reached in the last epoch, whichever that is.
    private enum LengthRule { Matters, MattersByImage, IsAny }

    private LengthRule ByImage =>
        this switch { ByEpoch epoch => epoch.Length, ByMap map => map.Inner.ByImage, SitesOwn => LengthRule.IsAny,
            _ => LengthRule.Matters };

    private sealed class ByEpoch : NoiseSchedule
    {
        public LengthRule Length { get; init; }

        public override bool DependsOnEpochs => Length == LengthRule.Matters;

        private readonly string _text;
        private readonly float _sigma;
        private readonly int? _ramp;
        private readonly Func<float, int, int, float> _rule;

        public ByEpoch(FormattableString text, float sigma, Func<float, int, int, float> rule, int? ramp = null)
        {
            if (!Setting.IsNotNegative(sigma))
                throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "Sigma of a noise schedule is a finite number, at least 0.");
            (_text, _sigma, _rule, _ramp) = (InvariantText.Of(text), sigma, rule, ramp);
        }

        public override string ToString() => _text;

        public override float SigmaAt(int epoch, int epochs) => _rule(_sigma, epoch, epochs);

        public override void Check(NoiseSites sites, int epochs)
        {
            if (_ramp >= epochs)
            {
                throw new InvalidOperationException(
                    $"The noise takes {_ramp} epochs to reach its strength, but the training has {epochs}: it would never get there. "
                        + $"Shorten the ramp or train for longer.");
            }
        }
    }

    private sealed class SitesOwn : NoiseSchedule
    {
        public override string ToString() => "none";

        public override bool DependsOnEpochs => false;

        internal override bool SetsSigmas => false;

        // It adds nothing; the sigmas of the sites stay in force.
        public override float SigmaAt(int epoch, int epochs) => 0f;

        public override void Apply(NoiseSites sites, int epoch, int epochs) { }
    }

    private sealed class PerImage(NoiseSchedule schedule, ImageSigma perImage) : NoiseSchedule
    {
        public override string ToString() => $"{schedule}, for each image {perImage}";

        public override bool DependsOnEpochs => schedule.ByImage != LengthRule.IsAny;

        internal override bool SetsSigmas => schedule.SetsSigmas;

        public override float SigmaAt(int epoch, int epochs) => schedule.SigmaAt(epoch, epochs);

        public override void Apply(NoiseSites sites, int epoch, int epochs)
        {
            schedule.Apply(sites, epoch, epochs);
            float sigma = SigmaAt(epoch, epochs);
            sites.PerImage = Enumerable.Range(epoch, epochs - epoch).All(later => SigmaAt(later, epochs) == sigma) ? perImage : null;
        }

        public override void Check(NoiseSites sites, int epochs) => schedule.Check(sites, epochs);
    }

    private sealed class ByMap(NoiseSchedule schedule, float[] factors) : NoiseSchedule
    {
        public NoiseSchedule Inner => schedule;

        public override bool DependsOnEpochs => schedule.DependsOnEpochs;

        public override string ToString() =>
            $"{schedule}, mapped by {string.Join(' ', factors.Select(factor => InvariantText.Of(factor)))}";

        public override float SigmaAt(int epoch, int epochs) => schedule.SigmaAt(epoch, epochs);

        public override void Apply(NoiseSites sites, int epoch, int epochs)
        {
            schedule.Apply(sites, epoch, epochs);
            for (int site = 0; site < sites.Count; site++) sites[site].TrainSigma *= factors[site];
        }

        public override void Check(NoiseSites sites, int epochs)
        {
            schedule.Check(sites, epochs);
            if (factors.Length != sites.Count)
                throw new InvalidOperationException(
                    $"The sigma map or budget has {factors.Length} factors, but the network has {sites.Count} noise sites.");
        }
    }
}
