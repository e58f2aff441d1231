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

    /// <summary>Every one of them.</summary>
    All = Input | Linear | Norm | Sum | Activation | Pool,
}

#if NOISEGEN_GENERATOR
/// <summary>Stands in for the runtime's interface, which the generator knows by name only.</summary>
public interface INoise;
#endif

/// <summary>
/// Injects noise of one kind at the given sites, of the whole network or of one stage (the nearest policy wins, site by site).
/// Several kinds may stand side by side as long as each site has one.
/// Kind and place are compile-time facts; the strength is the run-time value <c>network.Stage.Noise.Linear.Sigma</c>, zero at first.
/// </summary>
/// <typeparam name="TNoise">The kind: <c>Additive</c>, or a struct of your own.</typeparam>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true)]
public sealed class NoiseAttribute<TNoise> : Attribute
    where TNoise : struct, INoise
{
    /// <param name="sites">The sites, at least one that the network or the stage has.</param>
    public NoiseAttribute(Sites sites = Sites.All) => Sites = sites;

    /// <summary>The sites.</summary>
    public Sites Sites { get; }
}

/// <summary>Takes the network's noise away from a stage, at the given sites.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NoNoiseAttribute : Attribute
{
    /// <param name="sites">The sites, at least one that the stage has.</param>
    public NoNoiseAttribute(Sites sites = Sites.All) => Sites = sites;

    /// <summary>The sites.</summary>
    public Sites Sites { get; }
}
