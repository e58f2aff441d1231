using NoiseGen.Tests.Declared;
using NoiseGen.Tests.Reference;

namespace NoiseGen.Tests.Agreement;

/// <summary>
/// Ten training steps, compared with the oracle's. Both sides start every step from the network's parameters, so that rounding errors do
/// not accumulate over steps, but each keeps its own optimizer state.
/// </summary>
public class TrainingTests
{
    private const int Steps = 10;
    private const int BatchSize = 37;

    // Parameters are floats: each step rounds them, by at most half of this fraction of their value.
    private const double FloatSpacing = 1.0 / (1 << 23);

    public static TheoryData<string> Names => [.. DeclaredNetworks.Names];

    /// <summary>SGD is linear in the gradients, so the oracle's gradients must lead to the network's parameters.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void StepsOfSgdAgree(string name)
    {
        var sgd = new Sgd(learningRate: 0.02f) { Momentum = 0.9f };
        AssertStepsAgree(name, sgd, new ReferenceSgd(0.02f, 0.9f), (_, expected) => expected.Gradients);
    }

    /// <summary>
    /// Adam divides a gradient by its own magnitude: in its first step, an element whose gradient is within a rounding error of zero moves
    /// by the whole learning rate, up in one precision and down in the other, and both are right. The two parts of a step can be compared:
    /// the gradients, as always relative to the largest of their tensor, and the update, which the oracle's Adam computes from the
    /// network's gradients of all steps so far.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void StepsOfAdamAgree(string name)
    {
        var adam = new Adam(learningRate: 0.01f);
        AssertStepsAgree(name, adam, new ReferenceAdam(0.01f, epsilon: 1e-8f), (twin, _) => twin.Gradients());
    }

    private static void AssertStepsAgree(
        string name, Optimizer optimizer, ReferenceOptimizer reference, Func<Twin, ReferenceStep, double[][]> gradientsToFollow)
    {
        using var twin = new Twin(name, BatchSize);
        for (uint step = 0; step < Steps; step++)
        {
            Assert.Equal(step, twin.Network.Step);
            twin.Synchronize();
            Batch batch = twin.DrawBatch(BatchSize, twin.NextStep);
            double[][] start = twin.Parameters(), before = twin.Parameters();
            ReferenceStep expected = twin.Reference.ComputeGradients(batch.Images, batch.Labels, twin.NextStep);
            twin.Reference.UpdateRunning(batch.Images, twin.NextStep);

            StepResult actual = twin.Network.TrainStep(batch.Pixels, batch.Labels, optimizer);

            AssertAgreement.Loss(expected.Loss, actual.Loss);
            Assert.Equal(expected.Correct, actual.Correct);
            double[][] after = twin.Parameters();
            reference.Step(before, gradientsToFollow(twin, expected));
            twin.KeepRunning(before);
            AssertParametersAgree(twin, expected.Gradients, start, before, after);
            AssertStatisticsAgree(twin);
        }
    }

    private static void AssertStatisticsAgree(Twin twin)
    {
        for (int i = 0; i < twin.Reference.Norms.Count; i++)
        {
            (Statistic mean, Statistic variance) = (twin.NormStatistics[2 * i], twin.NormStatistics[2 * i + 1]);
            Assert.EndsWith("running_mean", mean.Name, StringComparison.Ordinal);
            AssertAgreement.Tensor(mean.Name, twin.Reference.Norms[i].RunningMean, Twin.Widen(mean.Values));
            AssertAgreement.Tensor(variance.Name, twin.Reference.Norms[i].RunningVariance, Twin.Widen(variance.Values));
        }
    }

    private static void AssertParametersAgree(Twin twin, double[][] gradients, double[][] start, double[][] expected, double[][] actual)
    {
        double[][] actualGradients = twin.Gradients();
        double[][] before = start;
        for (int p = 0; p < expected.Length; p++)
        {
            string name = twin.Network.Parameters[p].Name;
            AssertAgreement.Gradient($"gradient of {name} in step {twin.Network.Step}", gradients, actualGradients, p);
            double LargestUpdate(int parameter) =>
                expected[parameter].Zip(before[parameter], (after, start) => Math.Abs(after - start)).Max();
            double largestUpdate = AssertAgreement.IsCancelled(gradients, p)
                ? Enumerable.Range(0, expected.Length).Max(LargestUpdate) : LargestUpdate(p);
            AssertAgreement.Tensor(
                $"{name} after step {twin.Network.Step}", expected[p], actual[p],
                i => AssertAgreement.Tolerance * largestUpdate + FloatSpacing * Math.Abs(expected[p][i]));
        }
    }
}
