namespace NoiseGen;

// Sweeps for networks that predict numbers and therefore have no accuracy.
public static partial class Robustness
{
    /// <summary>
    /// Measures a network's loss at several noise levels, the same at all of its sites, several times each with different noise: the mean
    /// squared error if the data have targets, the cross-entropy if they have labels. Restores the evaluation sigmas of the sites
    /// afterwards.
    /// </summary>
    /// <param name="network">A network with at least one noise site.</param>
    /// <param name="test">The data; it is restarted for each evaluation.</param>
    /// <param name="sigmas">The noise levels, each finite and above 0; <see cref="SigmaGrid.Default"/> when not given, or
    /// <see cref="SigmaGrid.PercentOfRange"/> if all sites have that unit.</param>
    /// <param name="repeats">Noise realisations for each level, at least 1.</param>
    /// <param name="progress">Receives a report after every evaluation, on the caller's thread, before the next one.</param>
    /// <param name="cancellation">Stops between two evaluations.</param>
    /// <returns>The curve, with its points in the order of the levels.</returns>
    /// <exception cref="ArgumentException">The network has no noise site or is not finite, or a level is not allowed.</exception>
    /// <exception cref="InvalidOperationException">Another call or thread is using the network.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static LossCurve SweepLoss(
        NeuralNetwork network,
        BatchSource test,
        IReadOnlyList<float>? sigmas = null,
        int repeats = 5,
        Action<SweepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        NoiseSweep sweep = LossSweepOf(network, test, progress, cancellation);
        using NetworkUse.Reservation use = network.Reserve(Purpose);
        return sweep.MeasureLoss(network.Description.Name, sigmas ?? SigmaGrid.DefaultOf(network.Noise), repeats);
    }
}
