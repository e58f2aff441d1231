using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Planning;

/// <summary>When an operation runs.</summary>
/// <param name="Time">Number in the order of a training step.</param>
/// <param name="Segment">Number of the segment: a barrier separates one from the next.</param>
/// <param name="IsShared">Whether it works on all blocks at once.</param>
internal readonly record struct Moment(int Time, int Segment, bool IsShared);

/// <summary>
/// The order of a training step. One block of images goes through a segment's operations while it is in cache;
/// where batch statistics need the whole batch, a
/// new segment begins. Between two segments the threads share what concerns all blocks: the statistics of norms, and weight gradients.
/// A network without norms
/// is one segment, from the input to the gradients.
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

    /// <summary>The segment of the loss: the forward pass's last, and the backward pass's first.</summary>
    public int LossSegment { get; }

    public int LastSegment { get; }

    /// <summary>Before anything else.</summary>
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
    /// Where a stage's input is computed once more: before the segment's part of its backward pass,
    /// which is all of it where no norm divides it.
    /// </summary>
    public Moment Recomputation(int stage) => _recomputation[stage];

    /// <summary>The gradient of <see cref="Linear"/>, from the norm's to the input's.</summary>
    public Moment LinearGradient(int stage) => _linearGradient[stage];

    /// <summary>The weights' gradient over all blocks, after the segment of <see cref="LinearGradient"/>.</summary>
    public Moment WeightGradient(int stage) => _weightGradient[stage];

    // The time between a segment and the next was left free above.
    private Moment Behind(int segment)
    {
        int last = _linearGradient.Concat(_finishGradient).Where(moment => moment.Segment == segment).Max(moment => moment.Time);
        return new Moment(last + 1, segment + 1, true);
    }
}
