using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// The first training steps of learned scales. A percentile is known once its quantizer's input is, which depends on the quantizers before
/// it: the scales are observed one after another, each in a separate forward pass. Likewise, the gradient of a scale is known once all
/// later scales have theirs.
/// </summary>
internal sealed class ScaleCollection(Layers layers, SiteStrengths strengths, TrainingPhases phases)
{
    /// <summary>Observes the percentiles of the scales that are collected.</summary>
    public void Observe(in Pass pass)
    {
        foreach (LearnedScale scale in layers.Scales)
        {
            if (!scale.IsCollecting) continue;
            scale.BeginObserving();
            strengths.Silence(scale);
            phases.ForwardOnly(pass);
            scale.EndObserving(pass.Count);
            strengths.UseTraining();
        }
    }

    /// <summary>Runs the backward pass once for each scale whose gradient earlier scales depend on, then once for all.</summary>
    public void Backward(in Pass pass)
    {
        for (int i = layers.Scales.Length - 1; i >= 0; i--)
        {
            if (!layers.Scales[i].IsCollecting) continue;
            phases.ForwardAndBackward(pass);
            layers.Scales[i].GiveGradient();
        }

        phases.ForwardAndBackward(pass);
    }
}
