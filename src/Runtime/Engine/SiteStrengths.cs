using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>The noise strength of each site in the current pass.</summary>
/// <param name="model">The network.</param>
internal sealed class SiteStrengths(NetworkModel model)
{
    public NoiseStrength[] Values { get; } = new NoiseStrength[model.Noise.Count];

    public void UseTraining()
    {
        for (int site = 0; site < Values.Length; site++) Values[site] = model.Noise[site].TrainStrength;
    }

    public void UseEvaluation()
    {
        for (int site = 0; site < Values.Length; site++) Values[site] = model.Noise[site].EvaluationStrength;
    }

    public void UseNone() => Array.Clear(Values);

    /// <summary>Turns off the noise after a quantizer, so that it does not affect the quantizer's percentile.</summary>
    public void Silence(LearnedScale scale)
    {
        for (int i = 0; i < Values.Length; i++) // an enumerator would be allocated
        {
            NoiseSiteDescription site = model.Noise[i].Description;
            if (site is { Site: Sites.Activation, BeforeQuantizer: false, Stage: >= 0 } && ReferenceEquals(ScaleOf(site.Stage), scale))
                Values[i] = default;
        }
    }

    private LearnedScale? ScaleOf(int stage) =>
        model.Description.Stages[stage].ActivationQuantizer is null ? null : model.Stages[stage].Quantizer.Learned;
}
