using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>Prepares the weights that a pass uses: quantized, programmed into a chip's cells, and noisy.</summary>
internal sealed class WeightPhases
{
    private readonly Layers _layers;
    private readonly PhaseRunner _runner;
    private readonly Phase _measure, _quantize, _disturb, _sumColumns, _compensate, _sumScales;

    public WeightPhases(Layers layers, PhaseRunner runner)
    {
        (_layers, _runner) = (layers, runner);
        (_measure, _quantize, _disturb) = (Measure, Quantize, Disturb);
        (_sumColumns, _compensate, _sumScales) = (SumColumns, Compensate, SumScales);
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
        if (!_layers.AreCompensated) return;
        _runner.RunShares(_sumColumns, pass);
        _runner.RunShares(_compensate, pass);
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

    private void SumColumns(in Pass pass, int share, int thread)
    {
        foreach (LinearLayer layer in _layers.Linear) layer.Trained.SumColumns(share, _runner.Shares);
    }

    private void Compensate(in Pass pass, int share, int thread)
    {
        foreach (LinearLayer layer in _layers.Linear) layer.Trained.Compensate(share, _runner.Shares);
    }

    private void SumScales(in Pass pass, int share, int thread)
    {
        foreach (LinearLayer layer in _layers.Linear) layer.Trained.SumScaleGradients(layer.Gradients, share, _runner.Shares);
    }
}
