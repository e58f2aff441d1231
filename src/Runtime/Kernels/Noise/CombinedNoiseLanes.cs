using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NoiseGen.CompilerServices;

/// <summary>The noise of one site with two samples for each value, for one block of images.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct CombinedNoiseLanes
{
    /// <summary>Size of the workspace that an instance needs, in floats.</summary>
    public const int Workspace = 2 * NoiseLanes.Workspace;

    /// <summary>Whether the site has noise.</summary>
    public readonly bool Active;

    /// <summary>Samples and sigmas of the multiplicative part.</summary>
    public readonly NoiseLanes Multiplicative;

    /// <summary>Samples and sigmas of the additive part.</summary>
    public readonly NoiseLanes Additive;

    /// <param name="pass">Realisation and strengths.</param>
    /// <param name="site">Index of the site.</param>
    /// <param name="image">Number of the block's first image.</param>
    /// <param name="workspace"><see cref="Workspace"/> floats, aligned to 64 bytes.</param>
    public CombinedNoiseLanes(in NoisePass pass, int site, int image, ref float workspace)
    {
        NoiseStrength strength = pass.Strengths[site];
        Active = strength.Sigma != 0f;
        if (!Active) return;
        Multiplicative = new NoiseLanes(
            pass, strength.Sigma, strength.Scale, strength.Pattern?.Samples, GaussianNoise.SiteWord(pass.Key, site), image, ref workspace);
        Additive = new NoiseLanes(
            pass, strength.Sigma, strength.AdditiveScale, strength.Pattern?.SecondSamples, GaussianNoise.SecondSiteWord(pass.Key, site),
            image,
            ref Unsafe.Add(ref workspace, NoiseLanes.Workspace));
    }
}
