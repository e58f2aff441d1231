using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// The first training steps of learned scales. A percentile is known once its quantizer's input is, which depends on the quantizers before
/// it: they are observed one after another, each in a forward pass of its own. In the same way its gradient is known once all later ones
/// have theirs.
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

    /// <summary>Runs backward once for each scale whose gradient others wait for, then for all.</summary>
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
