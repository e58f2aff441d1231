namespace NoiseGen;

/// <summary>Places where noise can enter a network. A stage has only the sites of the operations it contains.</summary>
[Flags]
public enum Sites
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>The network's input.</summary>
    Input = 1,

    /// <summary>After a convolution or dense layer, its bias included.</summary>
    Linear = 2,

    /// <summary>After an activation and its quantizer.</summary>
    Activation = 4,

    /// <summary>After a pool.</summary>
    Pool = 8,

    /// <summary>After a batch norm.</summary>
    Norm = 16,

    /// <summary>After a sum or a concatenation.</summary>
    Sum = 32,

    /// <summary>All of these.</summary>
    All = Input | Linear | Norm | Sum | Activation | Pool,
}

/// <summary>The unit of a sigma.</summary>
public enum SigmaUnit
{
    /// <summary>Absolute: in the units of the values (arXiv 2501.14531).</summary>
    Absolute = 0,

    /// <summary>A multiple of the distance between two levels of the stage's activation quantizer when the noise is drawn.</summary>
    QuantizerStep = 1,

    /// <summary>A multiple of the site's range, the largest magnitude of its values without noise: <c>network.Calibrate</c> measures
    /// it.</summary>
    Range = 2,
}

/// <summary>What a kind of noise does to values and gradients.</summary>
public enum NoiseForm
{
    /// <summary>It adds a term independent of the value; gradients pass unchanged.</summary>
    Additive,

    /// <summary>It scales values, and therefore gradients as well.</summary>
    Scaling,

    /// <summary>Both at once.</summary>
    Combined,
}

#if NOISEGEN_GENERATOR
/// <summary>Stands in for the runtime's interface, which the generator knows only by name. So do the next three.</summary>
public interface INoiseKind;

/// <summary>One sample per value.</summary>
public interface INoise : INoiseKind;

/// <summary>Scales values.</summary>
public interface IScalingNoise : INoiseKind;

/// <summary>Two samples per value.</summary>
public interface ICombinedNoise : IScalingNoise;
#else
/// <summary>
/// What <see cref="NoiseAttribute{TNoise}"/> can name: an <see cref="INoise"/>, which custom kinds implement, or an
/// <see cref="ICombinedNoise"/>.
/// </summary>
public interface INoiseKind
{
    // Internal, so that only the runtime's interfaces can implement it and nothing else is a kind of noise.
    internal static abstract int Samples { get; }
}
#endif

/// <summary>
/// Injects noise of one kind at the given sites of the whole network or of one stage (the nearest policy wins, site by site). Several kinds
/// may be combined as long as each site has one. Kind and place are fixed at compile time. The strength is set at run time,
/// <c>network.Stage.Noise.Linear.Sigma</c>; it is 0 by default.
/// </summary>
/// <typeparam name="TNoise">
/// The kind: <c>Additive</c>, <c>Multiplicative</c>, <c>Combined</c>, <c>CombinedAdditiveFirst</c>, or a custom struct.
/// </typeparam>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true)]
public sealed class NoiseAttribute<TNoise> : Attribute
    where TNoise : struct, INoiseKind
{
    /// <param name="sites">The sites, at least one that the network or the stage has.</param>
    public NoiseAttribute(Sites sites = Sites.All) => Sites = sites;

    /// <summary>The sites.</summary>
    public Sites Sites { get; }

    /// <summary>
    /// The unit of sigma. Units other than <see cref="SigmaUnit.Absolute"/> need an additive kind, because a factor is dimensionless.
    /// <see cref="SigmaUnit.QuantizerStep"/> needs sites after an activation quantizer, <see cref="SigmaUnit.Range"/> a calibration at run
    /// time.
    /// </summary>
    public SigmaUnit Unit { get; set; }

    /// <summary>
    /// Whether noise at an <see cref="Sites.Activation"/> site comes before the quantizer, which then rounds it, or after it.
    /// </summary>
    public bool BeforeQuantizer { get; set; }
}

/// <summary>Removes the network's noise from a stage, at the given sites.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NoNoiseAttribute : Attribute
{
    /// <param name="sites">The sites, at least one that the stage has.</param>
    public NoNoiseAttribute(Sites sites = Sites.All) => Sites = sites;

    /// <summary>The sites.</summary>
    public Sites Sites { get; }
}
