using NoiseGen.CompilerServices;
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

    // By how much the error of a network that rounds between its operations may be exceeded by one that rounds within them as well:
    // sums of some hundred terms, each of which rounds once.
    private const double WithinOperations = 64;

    // By the oracle: a training that comes here has led a norm to values that hardly differ,
    // saturated ones for example, and rounding decides how it goes on.
    // Random72's gradients reach 4.7e6 in its sixth step, at a loss of 1.1.
    private const double Steep = 1e5;

    // Float's values times these lie between float's values: each rounds in its own way.
    private static readonly double[] Grids = [1, 1.1, 1.3, 1.7];

    /// <summary>Compares; fails as an assertion does.</summary>
    public static void Run(NetworkModel model, LoadedNetwork network)
    {
        Gradients(model, network);
        Evaluation(model, network);
        Ranges(model, network);
        if (model.Name[^1] % 2 == 0)
            Training(model, network, new Sgd(learningRate: 0.02f) { Momentum = 0.9f }, new ReferenceSgd(0.02f, 0.9f));
        else
            Training(model, network, new Adam(learningRate: 0.01f), new ReferenceAdam(0.01f, epsilon: 1e-8f));
    }

    private static Twin TwinOf(NetworkModel model, LoadedNetwork network, int batchSize)
    {
        Twin twin = network.Twin(batchSize, made => RunTimeBits.Set(model, made));
        if (twin.Network.Stages.Any(stage => stage.Description.Device is not null)) ReferenceChip.Share(twin, seed: model.Name.Length);
        return twin;
    }

    private static void Gradients(NetworkModel model, LoadedNetwork network)
    {
        using Twin twin = TwinOf(model, network, model.Batch);
        twin.Synchronize();
        Batch batch = twin.DrawBatch(model.Batch, twin.NextStep);
        ReferenceStep expected = twin.Reference.ComputeGradients(batch.Images, batch.Labels, twin.NextStep);

        StepResult actual = twin.Network.ComputeGradients(batch.Pixels, batch.Labels);

        AssertStepAgrees(twin, batch, expected, actual, twin.NextStep, "");
    }

    // Batches smaller than the network's, and not all of the same size, in evaluation; the noise's image numbers run on.
    private static void Evaluation(NetworkModel model, LoadedNetwork network)
    {
        using Twin twin = TwinOf(model, network, Math.Max(1, model.Batch / 3));
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

    private static void Ranges(NetworkModel model, LoadedNetwork network)
    {
        using Twin twin = TwinOf(model, network, Math.Max(1, model.Batch / 2));
        if (twin.Network.Noise.Any(site => site.Description.Unit == SigmaUnit.Range)) CalibrationCheck.Run(twin, model.Batch);
    }

    // Both sides start every step from the network's parameters, and both optimizers follow the network's gradients, which have been
    // compared by then: an update and its gradient are two questions, and Adam's answer to a gradient near zero may have either sign.
    private static void Training(NetworkModel model, LoadedNetwork network, Optimizer optimizer, ReferenceOptimizer reference)
    {
        int count = Math.Min(model.Batch, MostInSteps);
        using Twin twin = TwinOf(model, network, model.Batch);
        for (int step = 0; step < Steps; step++)
        {
            twin.Synchronize();
            Batch batch = twin.DrawBatch(count, twin.NextStep);
            double[][] start = twin.Parameters(), updated = twin.Parameters();
            NoiseKey noise = twin.NextStep;
            ReferenceStep expected = twin.Reference.ComputeGradients(batch.Images, batch.Labels, noise);
            twin.Reference.UpdateRunning(batch.Images, noise);

            if (expected.Gradients.Any(tensor => tensor.Any(gradient => Math.Abs(gradient) > Steep))) return;
            StepResult actual = twin.Network.TrainStep(batch.Pixels, batch.Labels, optimizer);

            AssertStepAgrees(twin, batch, expected, actual, noise, $" in step {step}");
            reference.Step(updated, twin.Gradients());
            twin.KeepRunning(updated);
            AssertParametersAgree(twin, start, updated, step);
            AssertStatisticsAgree(twin, step);
        }
    }

    private static void AssertStepAgrees(Twin twin, Batch batch, ReferenceStep expected, StepResult actual, NoiseKey noise, string when)
    {
        AssertAgreement.Loss(expected.Loss, actual.Loss);
        Assert.Equal(expected.Correct, actual.Correct);
        double[][] gradients = twin.Gradients();
        var roundings = new Lazy<double[]>(() => Roundings(twin.Reference, batch, expected, noise));
        for (int p = 0; p < gradients.Length; p++)
        {
            double allowed = AssertAgreement.AllowedToGradient(expected.Gradients, p);
            if (LargestDifference(expected.Gradients[p], gradients[p]) > allowed)
                allowed = Math.Max(allowed, WithinOperations * roundings.Value[p]);
            AssertAgreement.Tensor(
                $"gradient of {twin.Network.Parameters[p].Name}{when}", expected.Gradients[p], gradients[p], _ => allowed);
        }
    }

    // What rounding alone does to every gradient.
    // A random network has tensors of one element whose terms cancel by chance, norms of values that hardly differ,
    // and saturated activations: nothing in such a gradient says how large its terms were.
    private static double[] Roundings(ReferenceNetwork reference, Batch batch, ReferenceStep expected, NoiseKey noise)
    {
        var largest = new double[expected.Gradients.Length];
        foreach (double grid in Grids)
        {
            reference.Rounding = value => (float)(value * grid) / grid;
            ReferenceStep rounded = reference.ComputeGradients(batch.Images, batch.Labels, noise);
            for (int p = 0; p < largest.Length; p++)
                largest[p] = Math.Max(largest[p], LargestDifference(expected.Gradients[p], rounded.Gradients[p]));
        }

        reference.Rounding = null;
        return largest;
    }

    private static double LargestDifference(double[] left, double[] right) => left.Zip(right, (a, b) => Math.Abs(a - b)).Max();

    private static void AssertParametersAgree(Twin twin, double[][] start, double[][] expected, int step)
    {
        double[][] actual = twin.Parameters();
        for (int p = 0; p < expected.Length; p++)
        {
            double[] tensor = expected[p];
            double largestUpdate = LargestDifference(tensor, start[p]);
            AssertAgreement.Tensor(
                $"{twin.Network.Parameters[p].Name} after step {step}", tensor, actual[p],
                i => AssertAgreement.Tolerance * largestUpdate + FloatSpacing * Math.Abs(tensor[i]));
        }
    }

    private static void AssertStatisticsAgree(Twin twin, int step)
    {
        IReadOnlyList<Statistic> statistics = twin.NormStatistics;
        foreach ((int i, BatchNormOperation norm) in twin.Reference.Norms.Index())
        {
            // A mean near zero is what is left of values as large as their deviation.
            double[] mean = norm.RunningMean;
            double allowed = AssertAgreement.Tolerance * mean.Max(Math.Abs) + FloatSpacing * Math.Sqrt(norm.RunningVariance.Max());
            AssertAgreement.Tensor($"{statistics[2 * i].Name} after step {step}", mean, Twin.Widen(statistics[2 * i].Values), _ => allowed);
            AssertAgreement.Tensor(
                $"{statistics[2 * i + 1].Name} after step {step}", norm.RunningVariance, Twin.Widen(statistics[2 * i + 1].Values));
        }
    }
}
