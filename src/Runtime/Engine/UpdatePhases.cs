using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>Lets an optimizer update the parameters, and clamps the weights.</summary>
internal sealed class UpdatePhases
{
    private readonly NetworkModel _model;
    private readonly Layers _layers;
    private readonly PhaseRunner _runner;
    private readonly object _identity = new(); // what an optimizer remembers of its network, and does not keep it alive by
    private readonly Phase _update, _clamp;
    private GradientClipping? _clipping;

    public UpdatePhases(NetworkModel model, Layers layers, PhaseRunner runner)
    {
        (_model, _layers, _runner) = (model, layers, runner);
        (_update, _clamp) = (Update, Clamp);
    }

    /// <summary>Attaches an optimizer to this network.</summary>
    /// <exception cref="ArgumentException">It is attached to another network.</exception>
    public void Attach(Optimizer optimizer)
    {
        if (ReferenceEquals(optimizer.Owner, _identity)) return;
        if (optimizer.Owner is not null)
        {
            throw new ArgumentException(
                "This optimizer serves another network; its state belongs to that network's parameters, so give each network its own.",
                nameof(optimizer));
        }

        optimizer.Attach(_model.ParameterMemory.Length);
        optimizer.Owner = _identity;
    }

    /// <summary>Takes a step with the gradients that a pass has computed.</summary>
    public void Run(in Pass pass, Optimizer optimizer)
    {
        if (optimizer.ClipNorm is { } limit) (_clipping ??= new GradientClipping(_model.GradientMemory, _runner)).Clip(pass, limit);
        optimizer.Begin();
        _runner.RunShares(_update, pass with { Optimizer = optimizer });
        if (_model.WeightLimit is not null) _runner.RunShares(_clamp, pass);
    }

    private void Update(in Pass pass, int share, int thread)
    {
        Arena parameters = _model.ParameterMemory;
        int vectors = parameters.Length / 16;
        int start = Share.Start(vectors, share, _runner.Shares) * 16;
        int length = Share.Start(vectors, share + 1, _runner.Shares) * 16 - start;
        if (length > 0) pass.Optimizer!.Update(parameters.Span(start, length), _model.GradientMemory.Span(start, length), start);
    }

    private void Clamp(in Pass pass, int share, int thread)
    {
        foreach (LinearLayer layer in _layers.Linear) layer.Trained.Clamp(_model.WeightLimit!.Value, share, _runner.Shares);
    }
}
