namespace NoiseGen;

/// <summary>The noise sites of one stage, by the operation they follow.</summary>
public sealed class StageNoise
{
    private readonly string _stage;
    private readonly NoiseSite? _linear;
    private readonly NoiseSite? _norm;
    private readonly NoiseSite? _sum;
    private readonly NoiseSite? _activation;
    private readonly NoiseSite? _pool;

    internal StageNoise(string stage, IEnumerable<NoiseSite> sites)
    {
        _stage = stage;
        foreach (NoiseSite site in sites)
        {
            switch (site.Description.Site)
            {
                case Sites.Linear: _linear = site; break;
                case Sites.Norm: _norm = site; break;
                case Sites.Sum: _sum = site; break;
                case Sites.Activation: _activation = site; break;
                case Sites.Pool: _pool = site; break;
            }
        }
    }

    /// <summary>After the convolution or dense layer.</summary>
    /// <exception cref="InvalidOperationException">No noise was declared there.</exception>
    public NoiseSite Linear => _linear ?? throw NotDeclared(nameof(Linear));

    /// <summary>After the batch norm.</summary>
    /// <exception cref="InvalidOperationException">No noise was declared there.</exception>
    public NoiseSite Norm => _norm ?? throw NotDeclared(nameof(Norm));

    /// <summary>After the sum or concatenation.</summary>
    /// <exception cref="InvalidOperationException">No noise was declared there.</exception>
    public NoiseSite Sum => _sum ?? throw NotDeclared(nameof(Sum));

    /// <summary>After the activation and its quantizer.</summary>
    /// <exception cref="InvalidOperationException">No noise was declared there.</exception>
    public NoiseSite Activation => _activation ?? throw NotDeclared(nameof(Activation));

    /// <summary>After the pool.</summary>
    /// <exception cref="InvalidOperationException">No noise was declared there.</exception>
    public NoiseSite Pool => _pool ?? throw NotDeclared(nameof(Pool));

    private InvalidOperationException NotDeclared(string site)
    {
        string declared = string.Join(
            ", ", new[] { _linear, _norm, _sum, _activation, _pool }.Where(s => s is not null).Select(s => s!.Name));
        return new(
            $"Stage {_stage} has no noise site {site}. Declared: {(declared.Length == 0 ? "none" : declared)}. Place and kind of noise "
                + $"are fixed by [Noise<…>].");
    }
}
