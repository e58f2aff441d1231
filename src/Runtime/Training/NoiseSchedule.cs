namespace NoiseGen;

/// <summary>The strength of the training noise over the epochs.</summary>
public abstract class NoiseSchedule
{
    /// <summary>Leaves every site's own <see cref="NoiseSite.TrainSigma"/> alone.</summary>
    public static NoiseSchedule None { get; } = new SitesOwn();

    /// <summary>The same strength at every site and in every epoch.</summary>
    /// <param name="sigma">Standard deviation in the units of the values it disturbs: a finite number, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    public static NoiseSchedule Constant(float sigma) => new ConstantSigma(sigma);

    /// <summary>The standard deviation in one epoch.</summary>
    /// <param name="epoch">Number of the epoch, from 0.</param>
    /// <param name="epochs">Epochs in all.</param>
    public abstract float SigmaAt(int epoch, int epochs);

    /// <summary>Called before each epoch: gives the sites their training sigma.</summary>
    /// <param name="sites">The network's sites.</param>
    /// <param name="epoch">Number of the epoch, from 0.</param>
    /// <param name="epochs">Epochs in all.</param>
    public virtual void Apply(NoiseSites sites, int epoch, int epochs) => sites.SetTrainSigma(SigmaAt(epoch, epochs));

    private sealed class ConstantSigma : NoiseSchedule
    {
        private readonly float _sigma;

        public ConstantSigma(float sigma) => _sigma = sigma >= 0f && float.IsFinite(sigma)
            ? sigma
            : throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "Sigma of a noise schedule is a finite number, at least 0.");

        public override float SigmaAt(int epoch, int epochs) => _sigma;
    }

    private sealed class SitesOwn : NoiseSchedule
    {
        // It adds nothing of its own; what the sites have stays in force.
        public override float SigmaAt(int epoch, int epochs) => 0f;

        public override void Apply(NoiseSites sites, int epoch, int epochs) { }
    }
}
