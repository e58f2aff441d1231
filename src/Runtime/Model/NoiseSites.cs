using System.Collections;

namespace NoiseGen;

/// <summary>All noise sites of a network, in execution order.</summary>
public sealed class NoiseSites : IReadOnlyList<NoiseSite>
{
    private readonly NoiseSite[] _sites;

    internal NoiseSites(NetworkDescription description, ActivationQuantizer?[] quantizers) =>
        _sites =
        [
            .. description.NoiseSites.Select((site, index) => new NoiseSite(site, index, site.Stage < 0 ? null : quantizers[site.Stage])),
        ];

    /// <summary>Gives every image of a training batch its own noise strength. Null (the default) means the same strength for all.</summary>
    public ImageSigma? PerImage { get; set; }

    /// <summary>Number of sites; 0 for a network without noise.</summary>
    public int Count => _sites.Length;

    /// <summary>A site by its index in execution order.</summary>
    public NoiseSite this[int index] => _sites[index];

    /// <summary>A site by its path, such as <c>Conv1.Linear</c>.</summary>
    /// <exception cref="KeyNotFoundException">The network has no such site; the message lists those it has.</exception>
    public NoiseSite this[string name] => Array.Find(_sites, site => site.Name == name)
        ?? throw new KeyNotFoundException(
            $"There is no noise site '{name}'. The sites are: {string.Join(", ", _sites.Select(site => site.Name))}.");

    /// <summary>Sets the training sigma of every site.</summary>
    /// <param name="sigma">Standard deviation, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    public void SetTrainSigma(float sigma)
    {
        foreach (NoiseSite site in _sites) site.TrainSigma = sigma;
    }

    /// <summary>Sets the evaluation sigma of every site.</summary>
    /// <param name="sigma">Standard deviation, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    public void SetEvaluationSigma(float sigma)
    {
        foreach (NoiseSite site in _sites) site.EvaluationSigma = sigma;
    }

    /// <summary>Saves the evaluation sigmas; disposing the result restores them.</summary>
    internal KeptSigmas KeepEvaluationSigmas() => new(_sites);

    /// <summary>Saved evaluation sigmas, which disposing restores.</summary>
    internal readonly struct KeptSigmas(NoiseSite[] sites) : IDisposable
    {
        private readonly float[] _sigmas = [.. sites.Select(site => site.EvaluationSigma)];

        public void Dispose()
        {
            for (int i = 0; i < sites.Length; i++) sites[i].EvaluationSigma = _sigmas[i];
        }
    }

    /// <summary>Throws if a site needs a range that is not known.</summary>
    internal void CheckRanges()
    {
        if (Array.Find(_sites, site => site is { Description.Unit: SigmaUnit.Range, Range: null }) is { } site) throw site.NotCalibrated();
    }

    /// <inheritdoc/>
    public IEnumerator<NoiseSite> GetEnumerator() => ((IEnumerable<NoiseSite>)_sites).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
