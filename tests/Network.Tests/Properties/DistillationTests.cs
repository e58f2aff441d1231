using NoiseGen.CompilerServices;
using NoiseGen.Tests.Declared;
using static NoiseGen.LaneLayout;

namespace NoiseGen.Tests.Properties;

/// <summary>The loss with a teacher, compared with its definition in double precision.</summary>
public class DistillationTests
{
    private const int Classes = 7, Images = 21, Batch = 50;

    [Theory]
    [InlineData(1f, 1f)]
    [InlineData(4f, 0.7f)]
    [InlineData(0.5f, 0.25f)]
    [InlineData(3f, 0f)]
    public void LossAndGradientFollowTheDefinition(float temperature, float share)
    {
        var random = new Random(3);
        float[] Draw() => [.. Enumerable.Range(0, Classes * Lanes).Select(_ => random.NextSingle() * 8 - 4)];
        float[] logits = Draw(), teacher = Draw(), gradients = new float[Classes * Lanes], losses = new float[2 * Lanes];
        int[] labels = [.. Enumerable.Range(0, Lanes).Select(_ => random.Next(Classes))];
        var teachersLogits = new Arena(teacher.Length);
        teacher.CopyTo(teachersLogits.Span(0, teacher.Length));
        var distillation = new DistillationLoss(teachersLogits, share, temperature);

        CrossEntropy.Block(ref logits[0], ref gradients[0], ref labels[0], ref losses[0], Classes, Images, Batch);
        distillation.Block(0, ref logits[0], ref gradients[0], ref losses[0], Classes, Images, Batch);

        for (int lane = 0; lane < Lanes; lane++)
        {
            double[] z = Lane(logits, lane), t = Lane(teacher, lane), g = Lane(gradients, lane);
            if (lane >= Images)
            {
                Assert.Equal(0f, losses[lane]);
                Assert.All(g, value => Assert.Equal(0, value));
                continue;
            }

            Assert.Equal(Loss(z, t, labels[lane], temperature, share), losses[lane], 2e-5);
            for (int c = 0; c < Classes; c++)
            {
                const double Step = 1e-4;
                double[] above = [.. z], below = [.. z];
                above[c] += Step;
                below[c] -= Step;
                double expected = (Loss(above, t, labels[lane], temperature, share)
                    - Loss(below, t, labels[lane], temperature, share)) / (2 * Step) / Batch;
                Assert.Equal(expected, g[c], 1e-6);
            }
        }
    }

    [Fact]
    public void AWrongTeacherIsRefused()
    {
        using var student = new LearnedLeNet(batchSize: 16, threads: 1);
        using var other = new LearnedNormed(batchSize: 16, threads: 1);
        using var small = new LearnedLeNet(batchSize: 4, threads: 1);
        void Throws(NeuralNetwork teacher, string part)
        {
            var trainer = new Trainer(student, new Sgd(0.1f)) { Distillation = new Distillation(teacher) };
            Assert.Contains(
                part, Assert.Throws<InvalidOperationException>(() => trainer.Run(Digits12(), 1)).Message, StringComparison.Ordinal);
            Assert.Equal(0u, student.Step);
        }

        Throws(student, "its own teacher");
        Throws(other, "a teacher of LearnedLeNet needs 1×12×12 and 4 classes");
        Throws(small, "batches hold 4 images");
        Assert.Throws<ArgumentOutOfRangeException>(() => new Distillation(other) { Temperature = 0f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Distillation(other) { Share = 1.5f });
    }

    /// <summary>A student that sees only the teacher approaches its outputs, whatever the labels; the teacher does not change.</summary>
    [Fact]
    public void AStudentLearnsFromItsTeacher()
    {
        using var teacher = new LearnedLeNet(seed: 1, batchSize: 48, threads: 1);
        using var student = new LearnedLeNet(seed: 2, batchSize: 48, threads: 2);
        FloatBatches batches = Digits12();
        float[] before = [.. teacher.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
        double Divergence() => OutputDivergence.Mean(teacher.Forward(batches), student.Forward(batches), 4);
        double first = Divergence();

        var trainer = new Trainer(student, new Adam(5e-3f)) { Distillation = new Distillation(teacher) { Share = 1f, Temperature = 1f } };
        TrainingHistory history = trainer.Run(batches, 120);

        Assert.InRange(Divergence(), 0, first / 5);
        Assert.True(history.Epochs[^1].Loss < history.Epochs[0].Loss / 2, $"{history.Epochs[0].Loss} → {history.Epochs[^1].Loss}");
        Assert.Equal(before, teacher.Parameters.SelectMany(parameter => parameter.Values.ToArray()));
    }

    private static FloatBatches Digits12()
    {
        var random = new Random(5);
        float[] images = [.. Enumerable.Range(0, 48 * 144).Select(_ => (float)random.Gaussian())];
        return new FloatBatches(new Shape(1, 12, 12), 4, images, random.Labels(48, 4), 48);
    }

    private static double[] Lane(float[] values, int lane) =>
        [.. Enumerable.Range(0, Classes).Select(c => (double)values[c * Lanes + lane])];

    private static double Loss(double[] z, double[] t, int label, double temperature, double share)
    {
        double[] q = Log(z, temperature), p = Log(t, temperature);
        double divergence = p.Zip(q, (a, b) => Math.Exp(a) * (a - b)).Sum();
        return (1 - share) * -Log(z, 1)[label] + share * temperature * temperature * divergence;
    }

    private static double[] Log(double[] z, double temperature)
    {
        double sum = z.Sum(value => Math.Exp(value / temperature));
        return [.. z.Select(value => value / temperature - Math.Log(sum))];
    }
}
