using NoiseGen.CompilerServices;

namespace NoiseGen;

// The first training steps of learned scales. A percentile is known once its quantizer's input is, which depends on the quantizers before it: they are observed one
// after another, each in a forward pass of its own. In the same way its gradient is known once all later ones have theirs.
public abstract partial class NeuralNetwork
{
    private readonly LearnedScale[] _scales;

    private bool IsCollecting => Array.Exists(_scales, static scale => scale.IsCollecting);

    private void UseScales()
    {
        foreach (LearnedScale scale in _scales) scale.Use();
    }

    private void SetTrainStrengths()
    {
        for (int site = 0; site < _strengths.Length; site++) _strengths[site] = Noise[site].TrainStrength;
    }

    private void CollectScales()
    {
        foreach (LearnedScale scale in _scales)
        {
            if (!scale.IsCollecting) continue;
            scale.BeginObserving();
            Silence(scale);
            ForwardSegments(_forward);
            RunBlocks(_forward, _code.ForwardSegments - 1);
            scale.EndObserving(_count);
            SetTrainStrengths();
        }
    }

    // The noise behind a quantizer has no part in its percentile.
    private void Silence(LearnedScale scale)
    {
        for (int i = 0; i < Noise.Count; i++) // an enumerator would be allocated
        {
            NoiseSite site = Noise[i];
            if (site.Description is { Site: Sites.Activation, BeforeQuantizer: false, Stage: >= 0 } description && ReferenceEquals(LearnedScaleOf(description.Stage), scale))
                _strengths[site.Index] = default;
        }
    }

    private LearnedScale? LearnedScaleOf(int stage) => Description.Stages[stage].ActivationQuantizer is null ? null : Stages[stage].Quantizer.Learned;

    // Backward once for each scale whose gradient others wait for, then for all.
    private void BackwardThroughScales()
    {
        for (int i = _scales.Length - 1; i >= 0; i--)
        {
            if (!_scales[i].IsCollecting) continue;
            ForwardAndBackward();
            _scales[i].GiveGradient();
        }

        ForwardAndBackward();
    }

    private LearnedScale[] MakeScales() => [.. Stages
        .Where(stage => stage.Description.ActivationQuantizer is { Learned: not null })
        .Select(stage => new LearnedScale(stage.Quantizer, _parameters, _gradients, _statistics, stage.Description.MergeOutput.Count, BatchSize))];
}
