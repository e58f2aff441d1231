using System.Collections.Immutable;

namespace NoiseGen;

/// <summary>Measures how much noise a network withstands.</summary>
public static class Robustness
{
    /// <summary>
    /// Evaluates a network at several noise levels, the same at all of its sites, several times each with noise of its own. Puts the sites' evaluation
    /// sigmas back afterwards.
    /// </summary>
    /// <param name="network">A network with at least one noise site.</param>
    /// <param name="test">The data; started anew for each evaluation.</param>
    /// <param name="sigmas">The noise levels, each finite and above 0; <see cref="SigmaGrid.Default"/> when not given. The noise-free accuracy is measured in any case.</param>
    /// <param name="repeats">Noise realisations for each level, at least 1.</param>
    /// <param name="progress">Is told of every evaluation.</param>
    /// <param name="cancellation">Stops between two evaluations.</param>
    /// <returns>The curve, with its points in the order of the levels.</returns>
    /// <exception cref="ArgumentException">The network has no noise site, or a level is not allowed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static RobustnessCurve Sweep(
        NeuralNetwork network,
        BatchSource test,
        IReadOnlyList<float>? sigmas = null,
        int repeats = 5,
        IProgress<SweepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(test);
        if (network.Noise.Count == 0)
            throw new ArgumentException($"Network {network.Description.Name} has no noise sites: declare them with [Noise<…>].", nameof(network));

        var sweep = new NoiseSweep(network.Noise, draw => network.Evaluate(test, draw).Accuracy, progress, cancellation);
        return sweep.Measure(network.Description.Name, test.Classes, sigmas ?? SigmaGrid.Default, repeats);
    }
}

/// <summary>Where a sweep stands after an evaluation.</summary>
/// <param name="Evaluation">Evaluations done, at least 1.</param>
/// <param name="Evaluations">Evaluations in all.</param>
/// <param name="Sigma">The level just measured; 0 for the noise-free evaluation.</param>
/// <param name="Accuracy">The accuracy found, 0 … 1.</param>
public readonly record struct SweepProgress(int Evaluation, int Evaluations, float Sigma, double Accuracy);
