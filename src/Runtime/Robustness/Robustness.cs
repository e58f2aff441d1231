using System.Collections.Immutable;

namespace NoiseGen;

/// <summary>Measures how much noise a network withstands.</summary>
public static partial class Robustness
{
    private const string Purpose = "a robustness measurement";

    /// <summary>
    /// Evaluates a network at several noise levels, the same at all of its sites, several times each with different noise. Restores the
    /// evaluation sigmas of the sites afterwards.
    /// </summary>
    /// <param name="network">A network with at least one noise site.</param>
    /// <param name="test">The data; it is restarted for each evaluation.</param>
    /// <param name="sigmas">The noise levels, each finite and above 0; <see cref="SigmaGrid.Default"/> when not given, or
    /// <see cref="SigmaGrid.PercentOfRange"/> if all sites have that unit. The noise-free accuracy is measured in any case.</param>
    /// <param name="repeats">Noise realisations for each level, at least 1.</param>
    /// <param name="progress">
    /// Receives a report after every evaluation, on the caller's thread, before the next one. The network may be evaluated there, with the
    /// sigmas that the sweep has set.
    /// </param>
    /// <param name="cancellation">Stops between two evaluations.</param>
    /// <returns>The curve, with its points in the order of the levels.</returns>
    /// <exception cref="ArgumentException">The network has no noise site or is not finite, the data have targets in place of labels,
    /// or a level is not allowed.</exception>
    /// <exception cref="InvalidOperationException">Another call or thread is using the network.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static RobustnessCurve Sweep(
        NeuralNetwork network,
        BatchSource test,
        IReadOnlyList<float>? sigmas = null,
        int repeats = 5,
        Action<SweepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        NoiseSweep sweep = SweepOf(network, test, progress, cancellation);
        using NetworkUse.Reservation use = network.Reserve(Purpose);
        return sweep.Measure(network.Description.Name, test.Classes, sigmas ?? SigmaGrid.DefaultOf(network.Noise), repeats);
    }

    /// <summary>
    /// Evaluates a network on several devices, each with its own fixed pattern: systematic errors at all sites, the same for every image.
    /// Restores the evaluation sigmas and devices of the sites afterwards.
    /// </summary>
    /// <param name="network">A network with at least one noise site.</param>
    /// <param name="test">The data; it is restarted for each evaluation.</param>
    /// <param name="devices">Number of devices, at least 1: the repeats of the curve's points.</param>
    /// <param name="sigmas">The strengths, each finite and above 0; <see cref="SigmaGrid.Default"/> when not given, or
    /// <see cref="SigmaGrid.PercentOfRange"/> if all sites have that unit.</param>
    /// <param name="progress">
    /// Receives a report after every evaluation, on the caller's thread, before the next one. The network may be evaluated there, with the
    /// sigmas that the sweep has set.
    /// </param>
    /// <param name="cancellation">Stops between two evaluations.</param>
    /// <exception cref="ArgumentException">The network has no noise site or is not finite, the data have targets in place of labels,
    /// or a level is not allowed.</exception>
    /// <exception cref="InvalidOperationException">Another call or thread is using the network.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static RobustnessCurve SweepDevices(
        NeuralNetwork network,
        BatchSource test,
        int devices,
        IReadOnlyList<float>? sigmas = null,
        Action<SweepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(devices, 1);
        using NetworkUse.Reservation use = network.Reserve(Purpose);
        uint?[] before = [.. network.Noise.Select(site => site.Device)];
        try
        {
            // The first evaluation is noise-free.
            NoiseSweep sweep = SweepOf(network, test, progress, cancellation, draw =>
            {
                foreach (NoiseSite site in network.Noise) site.Device = (draw + (uint)devices - 1) % (uint)devices;
            });
            return sweep.Measure(network.Description.Name, test.Classes, sigmas ?? SigmaGrid.DefaultOf(network.Noise), devices);
        }
        finally
        {
            for (int i = 0; i < before.Length; i++) network.Noise[i].Device = before[i];
        }
    }

    /// <summary>
    /// Walking Noise (arXiv 2212.10430): a curve for each noise site, with noise only at that site. Sites with a low midpoint are the
    /// fragile ones. Restores the evaluation sigmas of the sites afterwards.
    /// </summary>
    /// <param name="network">A network with at least one noise site.</param>
    /// <param name="test">The data; it is restarted for each evaluation.</param>
    /// <param name="sigmas">The noise levels, each finite and above 0; <see cref="SigmaGrid.Default"/> when not given, or
    /// <see cref="SigmaGrid.PercentOfRange"/> if all sites have that unit. The noise-free accuracy is measured once.</param>
    /// <param name="repeats">Noise realisations for each level and site, at least 1.</param>
    /// <param name="progress">
    /// Receives a report after every evaluation, on the caller's thread, before the next one. The network may be evaluated there, with the
    /// sigmas that the sweep has set.
    /// </param>
    /// <param name="cancellation">Stops between two evaluations.</param>
    /// <returns>The curves, named by their sites, in execution order.</returns>
    /// <exception cref="ArgumentException">The network has no noise site or is not finite, the data have targets in place of labels,
    /// or a level is not allowed.</exception>
    /// <exception cref="InvalidOperationException">Another call or thread is using the network.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static RobustnessCurves WalkingNoise(
        NeuralNetwork network,
        BatchSource test,
        IReadOnlyList<float>? sigmas = null,
        int repeats = 5,
        Action<SweepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        NoiseSweep sweep = SweepOf(network, test, progress, cancellation);
        using NetworkUse.Reservation use = network.Reserve(Purpose);
        return new(
            sweep.Measure(
                [.. network.Noise.Select(site => (site.Name, (IEnumerable<NoiseSite>)[site]))], test.Classes, sigmas
                    ?? SigmaGrid.DefaultOf(network.Noise), repeats));
    }

    /// <summary>
    /// Measures how far noise moves a network's outputs: the Kullback–Leibler divergence of the noisy class probabilities from the
    /// noise-free ones, with the same noise at all sites. It distinguishes levels at which the accuracy has not fallen yet. Restores the
    /// evaluation sigmas of the sites afterwards.
    /// </summary>
    /// <param name="network">A network with at least one noise site.</param>
    /// <param name="test">The data, in the same order each time it is restarted.</param>
    /// <param name="sigmas">The noise levels, each finite and above 0; <see cref="SigmaGrid.Default"/> when not given, or
    /// <see cref="SigmaGrid.PercentOfRange"/> if all sites have that unit.</param>
    /// <param name="repeats">Noise realisations for each level, at least 1.</param>
    /// <param name="cancellation">Stops between two evaluations.</param>
    /// <exception cref="ArgumentException">The network has no noise site or is not finite, the data have targets in place of labels,
    /// or a level is not allowed.</exception>
    /// <exception cref="InvalidOperationException">Another call or thread is using the network.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static DivergenceCurve Divergence(
        NeuralNetwork network, BatchSource test, IReadOnlyList<float>? sigmas = null, int repeats = 5,
        CancellationToken cancellation = default)
    {
        CheckSites(network, test);
        sigmas ??= SigmaGrid.DefaultOf(network.Noise);
        NoiseSweep.Check(sigmas, repeats);
        using NetworkUse.Reservation use = network.Reserve(Purpose);
        return new(
            network.Description.Name,
            OutputDivergence.Measure(network.Noise, sigmas, repeats, Logits, network.Classes)) { Unit = SigmaGrid.UnitOf(network.Noise) };

        float[] Logits(uint draw)
        {
            cancellation.ThrowIfCancellationRequested();
            float[] logits = network.Forward(test, draw);
            return logits.Length > 0
                ? logits
                : throw new ArgumentException("This source has no batches: there is nothing to evaluate.", nameof(test));
        }
    }

    /// <summary>
    /// Spends a budget of repeated executions where it helps most: one at a time, at the site that tolerates the least noise, where a
    /// midpoint µ with R executions counts as µ·√R (the multi-execution of arXiv 2212.10430).
    /// </summary>
    /// <param name="midpoints">µ of each site, above 0; infinite for a site that never fails.</param>
    /// <param name="budget">Executions of all sites together, at least one for each.</param>
    /// <returns>Executions of each site, for <see cref="NoiseSite.Repetitions"/>.</returns>
    /// <exception cref="ArgumentException">A midpoint is not above 0, or the budget is smaller than the number of sites.</exception>
    public static ImmutableArray<int> PlanRepetitions(IReadOnlyList<double> midpoints, int budget)
    {
        ArgumentNullException.ThrowIfNull(midpoints);
        foreach ((int site, double mu) in midpoints.Index())
        {
            if (!(mu > 0))
                throw new ArgumentException(
                    FormattableString.Invariant($"A midpoint noise level is above 0; that of site {site} is {mu}."), nameof(midpoints));
        }

        if (budget < midpoints.Count)
            throw new ArgumentException(
                $"{midpoints.Count} sites need a budget of {midpoints.Count} executions at least, not {budget}.", nameof(budget));
        int[] repetitions = [.. midpoints.Select(_ => 1)];
        for (int left = budget - midpoints.Count; left > 0 && midpoints.Count > 0; left--)
            repetitions[Enumerable.Range(0, midpoints.Count).MinBy(Tolerance)]++;
        return [.. repetitions];

        // Among sites that never fail, the one with the fewest executions.
        (double Level, int Given) Tolerance(int site) =>
            (midpoints[site] * Math.Sqrt(repetitions[site]), double.IsPositiveInfinity(midpoints[site]) ? repetitions[site] : 0);
    }

    private static NoiseSweep LossSweepOf(
        NeuralNetwork network, BatchSource test, Action<SweepProgress>? progress, CancellationToken cancellation)
    {
        CheckNoise(network, test);
        return new NoiseSweep(network.Noise, draw => network.Evaluate(test, draw).Loss, progress, cancellation) { IsOfLoss = true };
    }

    private static NoiseSweep SweepOf(
        NeuralNetwork network,
        BatchSource test,
        Action<SweepProgress>? progress,
        CancellationToken cancellation,
        Action<uint>? prepare = null)
    {
        CheckSites(network, test);
        return new NoiseSweep(network.Noise, Accuracy, progress, cancellation) { Images = CountImages(test) };

        double Accuracy(uint draw)
        {
            prepare?.Invoke(draw);
            return network.Evaluate(test, draw).Accuracy;
        }
    }

    // The number of images is found only by moving through the source, which is cheap without loading the images.
    private static int? CountImages(BatchSource test)
    {
        int images = 0;
        test.Start(0);
        while (test.MoveNext()) images += test.Count;
        return images > 0 ? images : null; // the evaluation says what is wrong then
    }

    private static void CheckSites(NeuralNetwork network, BatchSource test)
    {
        CheckNoise(network, test);
        if (test.Targets > 0)
        {
            throw new ArgumentException(
                $"This is measured by how often classes are told apart; this source has {test.Targets} targets in place of "
                    + $"labels. {nameof(SweepLoss)} measures the loss.", nameof(test));
        }
    }

    private static void CheckNoise(NeuralNetwork network, BatchSource test)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(test);
        if (network.Noise.Count == 0)
            throw new ArgumentException(
                $"Network {network.Description.Name} has no noise sites: declare them with [Noise<…>].", nameof(network));
        if (network.FirstTensorNotFinite() is { } tensor)
            throw new ArgumentException(
                $"{tensor} of network {network.Description.Name} is not finite: look at what was loaded or set, or how it was trained.",
                nameof(network));
    }
}

/// <summary>The progress of a sweep after an evaluation.</summary>
/// <param name="Evaluation">Evaluations done, at least 1.</param>
/// <param name="Evaluations">Evaluations in all.</param>
/// <param name="Sigma">The level just measured; 0 for the noise-free evaluation.</param>
/// <param name="Accuracy">The accuracy found, 0 … 1; NaN if the loss was measured.</param>
public readonly record struct SweepProgress(int Evaluation, int Evaluations, float Sigma, double Accuracy)
{
    /// <summary>The loss found; NaN if the accuracy was measured.</summary>
    public double Loss { get; init; } = double.NaN;

    /// <summary>Such as <c>Evaluation 3 of 86: accuracy 91.9 % at σ = 0.1</c>.</summary>
    public override string ToString()
    {
        string found = double.IsNaN(Accuracy) ? InvariantText.Of($"loss {Loss:G4}") : $"accuracy {Percent.Of(Accuracy)}";
        return InvariantText.Of($"Evaluation {Evaluation} of {Evaluations}: {found} at σ = {Sigma:G3}");
    }
}
