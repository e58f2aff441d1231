using NoiseGen.Tests.Agreement;
using NoiseGen.Tests.RandomNetworks.Compiling;
using NoiseGen.Tests.RandomNetworks.Declarations;
using NoiseGen.Tests.Reference;

namespace NoiseGen.Tests.RandomNetworks.Agreement;

/// <summary>
/// A random network against the oracle: the gradients of a whole batch, an evaluation with noise, and training steps. The only place that
/// knows the oracle.
/// </summary>
internal static class AgreementCheck
{
    private const int Steps = 10;

    // Ten steps of a whole batch would take the oracle most of its time; gradients of a whole batch are compared once.
    private const int MostInSteps = 19;

    // Parameters are floats: each step rounds them, by at most half of this part of them.
    private const double FloatSpacing = 1.0 / (1 << 23);

    // Of the network's largest gradient: some of float's unit roundoffs (6e-8). A random network has tensors of one element whose terms
    // cancel by chance, and norms, which cancel all but an epsilon of the gradient along a convolution's only weight: nothing in such a
    // tensor says how large its terms were.
    private const double Rounding = 1e-6;

    /// <summary>Compares; fails as an assertion does.</summary>
    public static void Run(NetworkModel model, LoadedNetwork network)
    {
        Gradients(model, network);
        Evaluation(model, network);
        if (model.Name[^1] % 2 == 0)
            Training(model, network, new Sgd(learningRate: 0.02f) { Momentum = 0.9f }, new ReferenceSgd(0.02f, 0.9f));
        else
            Training(model, network, new Adam(learningRate: 0.01f), new ReferenceAdam(0.01f, epsilon: 1e-8f));
    }

    private static void Gradients(NetworkModel model, LoadedNetwork network)
    {
        using Twin twin = network.Twin(model.Batch);
        twin.Synchronize();
        Batch batch = twin.DrawBatch(model.Batch, twin.NextStep);
        ReferenceStep expected = twin.Reference.ComputeGradients(batch.Images, batch.Labels, twin.NextStep);

        StepResult actual = twin.Network.ComputeGradients(batch.Pixels, batch.Labels);

        AssertStepAgrees(twin, expected, actual, "");
    }

    // Batches smaller than the network's, and not all of the same size, in evaluation; the noise's image numbers run on.
    private static void Evaluation(NetworkModel model, LoadedNetwork network)
    {
        using Twin twin = network.Twin(Math.Max(1, model.Batch / 3));
        twin.Synchronize();
        const uint Draw = 3;
        var noise = new NoiseKey(twin.Network.Seed, Draw, Evaluation: true);
        Batch batch = twin.DrawBatch(model.Batch, noise);
        double[][] expected = [.. batch.Images.Select((image, i) => twin.Reference.Logits(image, new(noise, i)))];

        var logits = new float[batch.Count * twin.Network.Classes];
        twin.Network.Forward(batch.Pixels, logits, Draw);
        EvaluationResult result = twin.Network.Evaluate(batch.Pixels, batch.Labels, Draw);

        AssertAgreement.Tensor("logits", [.. expected.SelectMany(row => row)], Twin.Widen(logits));
        AssertAgreement.Loss(expected.Zip(batch.Labels, ReferenceLoss.Loss).Average(), result.Loss);
        Assert.Equal(expected.Zip(batch.Labels, (row, label) => row[label] == row.Max()).Count(hit => hit), result.Correct);
    }

    // Both sides start every step from the network's parameters, and both optimizers follow the network's gradients, which have been
    // compared by then: an update and its gradient are two questions, and Adam's answer to a gradient near zero may have either sign.
    private static void Training(NetworkModel model, LoadedNetwork network, Optimizer optimizer, ReferenceOptimizer reference)
    {
        int count = Math.Min(model.Batch, MostInSteps);
        using Twin twin = network.Twin(model.Batch);
        for (int step = 0; step < Steps; step++)
        {
            twin.Synchronize();
            Batch batch = twin.DrawBatch(count, twin.NextStep);
            double[][] start = twin.Parameters(), updated = twin.Parameters();
            ReferenceStep expected = twin.Reference.ComputeGradients(batch.Images, batch.Labels, twin.NextStep);
            twin.Reference.UpdateRunning(batch.Images, twin.NextStep);

            StepResult actual = twin.Network.TrainStep(batch.Pixels, batch.Labels, optimizer);

            AssertStepAgrees(twin, expected, actual, $" in step {step}");
            reference.Step(updated, twin.Gradients());
            AssertParametersAgree(twin, start, updated, step);
            AssertStatisticsAgree(twin, step);
        }
    }

    private static void AssertStepAgrees(Twin twin, ReferenceStep expected, StepResult actual, string when)
    {
        AssertAgreement.Loss(expected.Loss, actual.Loss);
        Assert.Equal(expected.Correct, actual.Correct);
        double[][] gradients = twin.Gradients();
        for (int p = 0; p < gradients.Length; p++)
            AssertGradientAgrees($"gradient of {twin.Network.Parameters[p].Name}{when}", expected.Gradients, gradients, p);
    }

    private static void AssertGradientAgrees(string name, double[][] expected, double[][] actual, int parameter)
    {
        if (AssertAgreement.IsCancelled(expected, parameter))
        {
            AssertAgreement.Gradient(name, expected, actual, parameter);
            return;
        }

        double rounding = Rounding * expected.Max(tensor => tensor.Max(Math.Abs));
        double allowed = Math.Max(AssertAgreement.Tolerance * expected[parameter].Max(Math.Abs), rounding);
        AssertAgreement.Tensor(name, expected[parameter], actual[parameter], _ => allowed);
    }

    private static void AssertParametersAgree(Twin twin, double[][] start, double[][] expected, int step)
    {
        double[][] actual = twin.Parameters();
        for (int p = 0; p < expected.Length; p++)
        {
            double[] tensor = expected[p];
            double largestUpdate = tensor.Zip(start[p], (after, before) => Math.Abs(after - before)).Max();
            AssertAgreement.Tensor(
                $"{twin.Network.Parameters[p].Name} after step {step}", tensor, actual[p],
                i => AssertAgreement.Tolerance * largestUpdate + FloatSpacing * Math.Abs(tensor[i]));
        }
    }

    private static void AssertStatisticsAgree(Twin twin, int step)
    {
        double[][] expected = [.. twin.Reference.Norms.SelectMany(norm => new[] { norm.RunningMean, norm.RunningVariance })];
        for (int i = 0; i < expected.Length; i++)
        {
            Statistic statistic = twin.Network.Statistics[i];
            AssertAgreement.Tensor($"{statistic.Name} after step {step}", expected[i], Twin.Widen(statistic.Values));
        }
    }
}
