using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>Prepares the quantized and noisy weights that a pass uses.</summary>
internal sealed class WeightPhases
{
    private readonly Layers _layers;
    private readonly PhaseRunner _runner;
    private readonly Phase _measure, _quantize, _disturb, _sumScales;

    public WeightPhases(Layers layers, PhaseRunner runner)
    {
        (_layers, _runner) = (layers, runner);
        (_measure, _quantize, _disturb, _sumScales) = (Measure, Quantize, Disturb, SumScales);
    }

    /// <summary>Prepares the weights, before any are packed.</summary>
    public void Prepare(in Pass pass)
    {
        if (_layers.AreQuantized)
        {
            _runner.RunShares(_measure, pass);
            _runner.RunShares(_quantize, pass);
        }

        bool isDisturbed = false;
        foreach (LinearLayer layer in _layers.Linear) isDisturbed |= layer.Trained.BeginNoise(pass.Noise);
        if (isDisturbed) _runner.RunShares(_disturb, pass);
    }

    /// <summary>Passes the gradients of the quantizers' scales on to the weights that set the scales.</summary>
    public void EndGradients(in Pass pass)
    {
        if (!_layers.AreQuantized) return;
        _runner.RunShares(_sumScales, pass);
        foreach (LinearLayer layer in _layers.Linear) layer.Trained.AddScaleGradients(layer.Gradients);
    }

    private void Measure(in Pass pass, int share, int thread)
    {
        foreach (LinearLayer layer in _layers.Linear) layer.Trained.Measure(share, _runner.Shares);
    }

    private void Quantize(in Pass pass, int share, int thread)
    {
        foreach (LinearLayer layer in _layers.Linear) layer.Trained.Quantize(share, _runner.Shares);
    }

    private void Disturb(in Pass pass, int share, int thread)
    {
        foreach (LinearLayer layer in _layers.Linear) layer.Trained.Disturb(share, _runner.Shares);
    }

    private void SumScales(in Pass pass, int share, int thread)
    {
        foreach (LinearLayer layer in _layers.Linear) layer.Trained.SumScaleGradients(layer.Gradients, share, _runner.Shares);
    }
}
