using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Planning;

/// <summary>When an operation runs.</summary>
/// <param name="Time">Position in the order of a training step.</param>
/// <param name="Segment">Index of the segment; barriers separate segments.</param>
/// <param name="IsShared">Whether it works on all blocks at once.</param>
internal readonly record struct Moment(int Time, int Segment, bool IsShared);

/// <summary>
/// The order of a training step. One block of images runs through a segment's operations while it is in cache; a new segment begins where
/// batch statistics need the whole batch. Between segments the threads share the work that concerns all blocks: statistics of norms, and
/// weight gradients. A network without norms is a single segment, from the input to the gradients.
/// </summary>
internal sealed class Schedule
{
    private readonly Moment[] _linear, _finish, _finishGradient, _recomputation, _linearGradient, _weightGradient;

    public Schedule(EquatableArray<StageNode> stages)
    {
        int count = stages.Count, segment = 0, time = 1;
        (_linear, _finish) = (new Moment[count], new Moment[count]);
        (_finishGradient, _linearGradient, _weightGradient) = (new Moment[count], new Moment[count], new Moment[count]);
        _recomputation = new Moment[count];
        for (int i = 0; i < count; i++)
        {
            _linear[i] = new Moment(time++, segment, false);
            if (stages[i].Norm is not null) (segment, time) = (segment + 1, time + 1);
            _finish[i] = new Moment(time++, segment, false);
        }

        LossSegment = segment;
        Loss = new Moment(time++, segment, false);
        for (int i = count - 1; i >= 0; i--)
        {
            if (stages[i].Norm is null) _recomputation[i] = new Moment(time++, segment, false);
            _finishGradient[i] = new Moment(time++, segment, false);
            if (stages[i].Norm is not null)
            {
                (segment, time) = (segment + 1, time + 1);
                _recomputation[i] = new Moment(time++, segment, false);
            }

            _linearGradient[i] = new Moment(time++, segment, false);
        }

        LastSegment = segment;
        End = new Moment(time, segment + 1, true);
        for (int i = 0; i < count; i++) _weightGradient[i] = Behind(_linearGradient[i].Segment);
    }

    /// <summary>The segment of the loss: the last one of the forward pass, and the first one of the backward pass.</summary>
    public int LossSegment { get; }

    public int LastSegment { get; }

    /// <summary>Before all operations.</summary>
    public Moment Start { get; } = new(0, 0, false);

    public Moment Loss { get; }

    /// <summary>After the last segment.</summary>
    public Moment End { get; }

    /// <summary>A stage's linear operation, up to the norm.</summary>
    public Moment Linear(int stage) => _linear[stage];

    /// <summary>The rest of a stage, from the norm on.</summary>
    public Moment Finish(int stage) => _finish[stage];

    /// <summary>The gradient of <see cref="Finish"/>.</summary>
    public Moment FinishGradient(int stage) => _finishGradient[stage];

    /// <summary>
    /// The second computation of a stage's input: before the stage's part of the backward pass in this segment. Without a norm to divide
    /// it, that part is the stage's whole backward pass.
    /// </summary>
    public Moment Recomputation(int stage) => _recomputation[stage];

    /// <summary>The gradient of <see cref="Linear"/>, from the norm to the input.</summary>
    public Moment LinearGradient(int stage) => _linearGradient[stage];

    /// <summary>The weight gradient over all blocks, after the segment of <see cref="LinearGradient"/>.</summary>
    public Moment WeightGradient(int stage) => _weightGradient[stage];

    // The constructor leaves the time between two segments free.
    private Moment Behind(int segment)
    {
        int last = _linearGradient.Concat(_finishGradient).Where(moment => moment.Segment == segment).Max(moment => moment.Time);
        return new Moment(last + 1, segment + 1, true);
    }
}
