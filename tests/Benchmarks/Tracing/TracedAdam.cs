using System.Diagnostics;
using System.Reflection;

namespace NoiseGen.Benchmarks.Tracing;

/// <summary>Adam, with time stamps around its update.</summary>
internal sealed class TracedAdam : Optimizer
{
    private delegate void UpdateMethod(Span<float> parameters, ReadOnlySpan<float> gradients, int start);

    private readonly CallTrace _trace;
    private readonly int _call;
    private readonly Action<int> _attach;
    private readonly Action _beginStep;
    private readonly UpdateMethod _update;

    /// <param name="learningRate">Step length.</param>
    /// <param name="trace">Receives the times.</param>
    /// <param name="call">The update's number.</param>
    public TracedAdam(float learningRate, CallTrace trace, int call) : base(learningRate)
    {
        (_trace, _call) = (trace, call);
        // Only a network may call them.
        var adam = new Adam(learningRate);
        _attach = Method<Action<int>>(adam, nameof(Attach));
        _beginStep = Method<Action>(adam, nameof(BeginStep));
        _update = Method<UpdateMethod>(adam, nameof(Update));
    }

    protected internal override void Attach(int length) => _attach(length);

    protected internal override void BeginStep() => _beginStep();

    protected internal override void Update(Span<float> parameters, ReadOnlySpan<float> gradients, int start)
    {
        long started = Stopwatch.GetTimestamp();
        _update(parameters, gradients, start);
        _trace.Ended(_call, started);
    }

    private static TDelegate Method<TDelegate>(Adam adam, string name) where TDelegate : Delegate =>
        typeof(Adam).GetMethod(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!.CreateDelegate<TDelegate>(adam);
}
