using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static NoiseGen.LaneLayout;

namespace NoiseGen.CompilerServices;

/// <summary>
/// A learned scale of an activation quantizer: its largest value v is a parameter, and <c>s = max(|v|, 1e-10) / levels</c>. In the first
/// steps of training the batch's percentile takes the place of v: its gradient goes to the value that is the percentile, and v holds a
/// running average (Brevitas' ParameterFromRuntimeStatsScaling). The gradient passes straight through the clamp to 1e-10, so that a scale
/// that was collected while a stage's output was zero can still be learned later (Brevitas' ScalarSignedClampMinSte).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LearnedScale
{
    /// <summary>Number of training steps that use the percentile (Brevitas' SCALING_STATS collect_stats_steps).</summary>
    public const int CollectedSteps = 300;

    // Brevitas' scaling_min_val and momentum.
    private const float SmallestMaximum = 1e-10f, Momentum = 0.1f;

    private readonly ActivationQuantizer _quantizer;
    private readonly LearnedScaleDescription _description;
    private readonly Arena _parameters;
    private readonly Arena _gradients;
    private readonly Arena _statistics;
    private readonly LargestMagnitudes[] _largest;

    // One vector for each block.
    private readonly Arena _sums;
    private Magnitude _percentile;
    private float _received;

    // The parameter before the current step.
    private float _running;

    internal LearnedScale(ActivationQuantizer quantizer, Arena parameters, Arena gradients, Arena statistics, int elements, int batchSize)
    {
        _quantizer = quantizer;
        _description = quantizer.Description.Learned!;
        (_parameters, _gradients, _statistics) = (parameters, gradients, statistics);
        int blocks = (batchSize + Lanes - 1) / Lanes, rank = LargestMagnitudes.Rank((long)batchSize * elements);
        _largest = [.. Enumerable.Range(0, blocks).Select(_ => new LargestMagnitudes(rank))];
        _sums = new Arena(blocks * 16);
        Elements = elements;
        Parameter = 1f; // what Brevitas begins with
        quantizer.Learned = this;
    }

    /// <summary>The levels that the current pass uses; none if it only observes, or if there are no bits.</summary>
    public QuantizerLevels Levels => _quantizer.InUse;

    /// <summary>Whether the current pass only observes the values.</summary>
    public bool Observes { get; private set; }

    // Number of values in one image.
    private int Elements { get; }

    internal bool IsCollecting => _quantizer.Adapts && Steps < CollectedSteps;

    internal float Step { get; private set; }

    /// <summary>The largest value, max(|v|, 1e-10).</summary>
    internal float Maximum => Clamped(Parameter);

    // v.
    private ref float Parameter => ref _parameters.At(_description.Maximum.Offset);

    private float Steps => _statistics.At(_description.Steps.Offset);

    private ref float Gradient => ref _gradients.At(_description.Maximum.Offset);

    /// <summary>Collects the largest magnitudes of one row.</summary>
    /// <param name="values">Elements × 32 images.</param>
    /// <param name="elements">Values of the row.</param>
    /// <param name="row">Number of the row.</param>
    /// <param name="memory">The block.</param>
    public void Observe(ref float values, int elements, int row, in BlockMemory memory) =>
        _largest[memory.Index].Add(ref values, elements, row * elements, memory.Images);

    /// <summary>Adds a row's share to the gradient: the sum of g·e, where e is the rounding error in steps.</summary>
    /// <param name="gradient">The gradient with respect to the quantizer's output, two vectors for each element.</param>
    /// <param name="errors">The errors.</param>
    /// <param name="vectors">Number of vectors.</param>
    /// <param name="block">Number of the block.</param>
    public void AddGradient(ref float gradient, ref float errors, nint vectors, int block)
    {
        if (!_quantizer.Adapts) return; // nobody has written errors
        ref float sums = ref _sums.At(block * 16);
        Vector512<float> sum = Vector512.LoadUnsafe(ref sums);
        for (nint v = 0; v < vectors; v++)
            sum = Vector512.FusedMultiplyAdd(
                Vector512.LoadUnsafe(ref gradient, (nuint)(v * 16)), Vector512.LoadUnsafe(ref errors, (nuint)(v * 16)), sum);
        sum.StoreUnsafe(ref sums);
    }

    /// <summary>Adds the scale's gradient to that of the value that is the percentile, if it lies in this row.</summary>
    /// <param name="gradient">The gradient with respect to the quantizer's input.</param>
    /// <param name="elements">Values of the row.</param>
    /// <param name="row">Number of the row.</param>
    /// <param name="memory">The block.</param>
    public void Receive(ref float gradient, int elements, int row, in BlockMemory memory)
    {
        int element = _percentile.Element - row * elements;
        if (_received == 0f || _percentile.Image / Lanes != memory.Index || (uint)element >= (uint)elements) return;
        Unsafe.Add(ref gradient, element * Lanes + _percentile.Image % Lanes) += _received;
    }

    // Uses the step given by the parameter; no value is a percentile yet.
    internal void Use()
    {
        _received = 0f;
        _running = Parameter;
        Step = _quantizer.Step;
    }

    internal void BeginObserving()
    {
        (Observes, Step) = (true, 0f);
        foreach (LargestMagnitudes block in _largest) block.Clear();
    }

    internal void EndObserving(int images)
    {
        Observes = false;
        _percentile = LargestMagnitudes.Merge(
            _largest.AsSpan(0, (images + Lanes - 1) / Lanes), LargestMagnitudes.Rank((long)images * Elements));
        Step = _quantizer.StepOf(Clamped(_percentile.Value));
    }

    internal void BeginGradients() => _sums.Span(0, _sums.Length).Clear();

    // The gradient of the percentile, for the value that is the percentile. It is 0 if that value is 0, because the slope of |x| at 0 is
    // PyTorch's.
    internal void GiveGradient() => _received = _percentile.Value == 0f ? 0f : GradientOf(_percentile.Value);

    // The slope of |v| at 0 is 1, as in Brevitas' abs_binary_sign_grad.
    internal void StoreGradient() => Gradient = IsCollecting || !_quantizer.Adapts ? 0f : GradientOf(Parameter);

    // Undoes an optimizer's update of v where v must not be trained: until the end of the collected steps v is the running value, and while
    // it is not in use it stays unchanged.
    internal void EndStep()
    {
        if (!_quantizer.Adapts) Parameter = _running;
        if (!IsCollecting) return;
        float percentile = Clamped(_percentile.Value);
        Parameter = Steps == 0f ? percentile : (1f - Momentum) * _running + Momentum * percentile;
        _statistics.At(_description.Steps.Offset)++;
    }

    private static float Clamped(float value) => MathF.Max(MathF.Abs(value), SmallestMaximum);

    private float GradientOf(float value)
    {
        float sum = 0f;
        for (int block = 0; block < _largest.Length; block++) sum += LaneSum.Of(Vector512.LoadUnsafe(ref _sums.At(block * 16)));
        return (value < 0f ? -sum : sum) / _quantizer.Levels;
    }
}
