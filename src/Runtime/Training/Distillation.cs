using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// Training with a teacher (Hinton et al., arXiv 1503.02531): the loss of an image becomes <c>(1 − a)·CE(z, label) + a·T²·KL(softmax(t/T) ‖
/// softmax(z/T))</c>, with the teacher's logits t, a temperature T and a share a. A network trained without noise is a good teacher of one
/// that trains with it. The teacher sees the same batch as the student, including crop and flip. It runs in evaluation, with the evaluation
/// sigmas of its sites.
/// </summary>
public sealed class Distillation
{
    private Arena _logits = new(0);

    /// <param name="teacher">A network with the student's input and classes and at least its batch size. It must not be used otherwise
    /// while the student trains.</param>
    public Distillation(NeuralNetwork teacher)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        Teacher = teacher;
    }

    /// <summary>The teacher.</summary>
    public NeuralNetwork Teacher { get; }

    /// <summary>The temperature T, above 0 and finite: the higher it is, the more the less likely classes count. 4 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0, or not finite.</exception>
    public float Temperature
    {
        get;
        set => field = Setting.IsPositive(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A temperature is a finite number above 0.");
    } = 4f;

    /// <summary>The teacher's share a of the loss, 0 … 1; 0.5 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0 or above 1.</exception>
    public float Share
    {
        get;
        set => field = value is >= 0f and <= 1f
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The teacher's share of the loss is 0 … 1.");
    } = 0.5f;

    internal void Check(NeuralNetwork student)
    {
        NetworkDescription mine = student.Description, other = Teacher.Description;
        if (ReferenceEquals(student, Teacher))
            throw new InvalidOperationException($"{mine.Name} cannot be its own teacher: it is in use while it trains.");
        if (mine.Input != other.Input || student.Classes != Teacher.Classes || student.Classes < 2)
        {
            throw new InvalidOperationException(
                $"{other.Name} takes {other.Input} and has {Teacher.Classes} outputs; "
                    + $"a teacher of {mine.Name} needs {mine.Input} and {student.Classes} classes, at least 2.");
        }

        if (Teacher.BatchSize < student.BatchSize)
            throw new InvalidOperationException(
                $"The teacher's batches hold {Teacher.BatchSize} images, the student's {student.BatchSize}: give the teacher a batchSize "
                    + $"of {student.BatchSize}.");
    }

    /// <summary>Evaluates the teacher on a source's current batch.</summary>
    /// <returns>The teacher's part of the loss.</returns>
    internal DistillationLoss Ask(BatchSource batch)
    {
        int blocks = (Teacher.BatchSize + LaneLayout.Lanes - 1) / LaneLayout.Lanes;
        if (_logits.Length == 0) _logits = new Arena(blocks * Teacher.Classes * LaneLayout.Lanes);
        Teacher.EvaluateInto(batch, _logits);
        return new DistillationLoss(_logits, Share, Temperature);
    }
}
