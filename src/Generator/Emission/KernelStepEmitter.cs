using NoiseGen.Generator.Loops.Kernels;

namespace NoiseGen.Generator.Emission;

/// <summary>
/// Prints the steps of a kernel's method: loops over numbers here, everything else in an emitter for each way to compute.
/// Knows how the steps inside of a loop name what it counts.
/// </summary>
internal sealed class KernelStepEmitter
{
    private readonly SourceWriter _writer;
    private readonly Dictionary<LoopIndex, string> _values = [];
    private readonly PassStepEmitter _pass;
    private readonly WinogradStepEmitter _winograd;
    private readonly LaneGradientStepEmitter _lanes;
    private readonly OuterGradientStepEmitter _outer;
    private readonly WinogradGradientStepEmitter _winogradGradient;

    public KernelStepEmitter(SourceWriter writer)
    {
        _writer = writer;
        (_pass, _winograd, _lanes, _outer, _winogradGradient) =
            (new(writer, this), new(writer, this), new(writer, this), new(writer, this), new(writer, this));
    }

    /// <summary>What a loop counts, inside of it: the variable, or the number where there is but one.</summary>
    public string this[LoopIndex index] => _values[index];

    public void Emit(IEnumerable<KernelStep> steps)
    {
        foreach (KernelStep step in steps) Emit(step);
    }

    private void Emit(KernelStep step)
    {
        switch (step)
        {
            case KernelStep.Loop loop: Loop(loop); break;
            case KernelStep.Scope scope: using (_writer.Block("")) Emit(scope.Body); break;
            case PassStep pass: _pass.Emit(pass); break;
            case WinogradStep winograd: _winograd.Emit(winograd); break;
            case LaneGradientStep lanes: _lanes.Emit(lanes); break;
            case OuterGradientStep outer: _outer.Emit(outer); break;
            case WinogradGradientStep gradient: _winogradGradient.Emit(gradient); break;
            default: throw new NotSupportedException($"No method prints {step.GetType().Name}.");
        }
    }

    private void Loop(KernelStep.Loop loop)
    {
        (string type, string name) = Variable(loop.Index);
        _writer.Loop(type, name, loop.Start, loop.Count, loop.Stride, value =>
        {
            _values[loop.Index] = value;
            Emit(loop.Body);
        });
    }

    // Where a place is computed from it, a variable is as wide as a reference.
    private static (string Type, string Name) Variable(LoopIndex index) => index switch
    {
        LoopIndex.Row => ("int", "row"),
        LoopIndex.Column => ("nint", "column"),
        LoopIndex.Square => ("nint", "square"),
        LoopIndex.Product => ("nint", "product"),
        LoopIndex.Channel => ("nint", "channel"),
        LoopIndex.Group => ("nint", "group"),
        LoopIndex.KernelRow => ("int", "y"),
        LoopIndex.KernelColumn => ("int", "x"),
        LoopIndex.Section => ("nint", "section"),
        LoopIndex.Output => ("nint", "output"),
        LoopIndex.Element => ("nint", "element"),
        LoopIndex.InputChannel => ("int", "channel"),
        _ => throw new NotSupportedException($"No variable for {index}."),
    };
}
