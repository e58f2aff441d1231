using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NoiseGen.CompilerServices;
using static NoiseGen.LaneLayout;

namespace NoiseGen;

/// <summary>
/// Training with a teacher (Hinton et al., arXiv 1503.02531): the loss of an image becomes <c>(1 − a)·CE(z, label) + a·T²·KL(softmax(t/T) ‖ softmax(z/T))</c>, with the
/// teacher's logits t, a temperature T and a share a. A network trained without noise is a good teacher of one that trains with it. The teacher sees the batch as the
/// student does, crop and flip included, in evaluation, with the evaluation sigmas of its own sites.
/// </summary>
public sealed class Distillation
{
    private Arena _logits = new(0);

    /// <param name="teacher">A network of the student's input and classes, whose batches hold the student's. It is used while the student trains, and by no one else then.</param>
    public Distillation(NeuralNetwork teacher)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        Teacher = teacher;
    }

    /// <summary>The teacher.</summary>
    public NeuralNetwork Teacher { get; }

    /// <summary>The temperature T, above 0 and finite: the higher, the more the classes count that are not the likeliest. 4 at first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0, or not finite.</exception>
    public float Temperature
    {
        get;
        set => field = Setting.IsPositive(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A temperature is a finite number above 0.");
    } = 4f;

    /// <summary>The teacher's share a of the loss, 0 … 1; 0.5 at first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0 or above 1.</exception>
    public float Share
    {
        get;
        set => field = value is >= 0f and <= 1f ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The teacher's share of the loss is 0 … 1.");
    } = 0.5f;

    internal void Check(NeuralNetwork student)
    {
        NetworkDescription mine = student.Description, other = Teacher.Description;
        if (ReferenceEquals(student, Teacher)) throw new InvalidOperationException($"{mine.Name} cannot be its own teacher: it is in use while it trains.");
        if (mine.Input != other.Input || student.Classes != Teacher.Classes || student.Classes < 2)
        {
            throw new InvalidOperationException(
                $"{other.Name} takes {other.Input} and has {Teacher.Classes} outputs; a teacher of {mine.Name} needs {mine.Input} and {student.Classes} classes, at least 2.");
        }

        if (Teacher.BatchSize < student.BatchSize)
            throw new InvalidOperationException($"The teacher's batches hold {Teacher.BatchSize} images, the student's {student.BatchSize}: give the teacher a batchSize of {student.BatchSize}.");
    }

    /// <summary>Asks the teacher about a source's current batch.</summary>
    internal void Ask(BatchSource batch)
    {
        int blocks = (Teacher.BatchSize + Lanes - 1) / Lanes;
        if (_logits.Length == 0) _logits = new Arena(blocks * Teacher.Classes * Lanes);
        Teacher.EvaluateInto(batch, _logits);
    }

    /// <summary>The teacher's logits of a block, class × 32.</summary>
    internal ref float LogitsOf(int block) => ref _logits.At(block * Teacher.Classes * Lanes);

    /// <summary>Turns the loss and gradients that <see cref="CrossEntropy.Block"/> has left into those with a teacher.</summary>
    /// <param name="logits">classes × 32.</param>
    /// <param name="teacher">The teacher's, classes × 32.</param>
    /// <param name="gradients">classes × 32: those of the cross-entropy, then of the whole loss.</param>
    /// <param name="losses">32 losses, likewise.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="images">Images in this block, 1 … 32.</param>
    /// <param name="batch">Images in the batch.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal void Block(ref float logits, ref float teacher, ref float gradients, ref float losses, int classes, int images, int batch)
    {
        Vector512<float> ofLabels = Vector512.Create(1f - Share), ofTeacher = Vector512.Create(Share * Temperature / batch);
        for (int half = 0; half < 2; half++)
        {
            Vector512<float> real = LeadingLanes.First(images - half * 16);
            ref float z = ref Unsafe.Add(ref logits, half * 16), t = ref Unsafe.Add(ref teacher, half * 16), dz = ref Unsafe.Add(ref gradients, half * 16);
            var mine = new Softmax(ref z, classes, Temperature);
            var other = new Softmax(ref t, classes, Temperature);
            Vector512<float> divergence = Vector512<float>.Zero;
            for (int c = 0; c < classes; c++)
            {
                Vector512<float> q = mine.LogOf(Vector512.LoadUnsafe(ref z, (nuint)(c * Lanes))), p = other.LogOf(Vector512.LoadUnsafe(ref t, (nuint)(c * Lanes)));
                Vector512<float> expected = LaneMath.ExpOfNegative(p);
                divergence = Vector512.FusedMultiplyAdd(expected, p - q, divergence);
                Vector512<float> soft = (LaneMath.ExpOfNegative(q) - expected) * ofTeacher;
                Vector512<float> gradient = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref dz, (nuint)(c * Lanes)), ofLabels, soft);
                (gradient & real).StoreUnsafe(ref dz, (nuint)(c * Lanes));
            }

            Vector512<float> loss = Vector512.LoadUnsafe(ref losses, (nuint)(half * 16)) * ofLabels + divergence * Vector512.Create(Share * Temperature * Temperature);
            (loss & real).StoreUnsafe(ref losses, (nuint)(half * 16));
        }
    }

    /// <summary>What makes a softmax of sixteen images' logits over a temperature.</summary>
    private readonly struct Softmax
    {
        private readonly Vector512<float> _temperature, _largest, _logSum;

        public Softmax(ref float logits, int classes, float temperature)
        {
            _temperature = Vector512.Create(temperature);
            _largest = Vector512.LoadUnsafe(ref logits);
            for (int c = 1; c < classes; c++) _largest = Vector512.Max(_largest, Vector512.LoadUnsafe(ref logits, (nuint)(c * Lanes)));
            Vector512<float> sum = Vector512<float>.Zero;
            for (int c = 0; c < classes; c++) sum += LaneMath.ExpOfNegative((Vector512.LoadUnsafe(ref logits, (nuint)(c * Lanes)) - _largest) / _temperature);
            _logSum = LaneMath.Log(sum);
        }

        /// <summary>The logarithm of a class's probability, at most 0.</summary>
        public Vector512<float> LogOf(Vector512<float> logit) => Vector512.Min((logit - _largest) / _temperature - _logSum, Vector512<float>.Zero);
    }
}
