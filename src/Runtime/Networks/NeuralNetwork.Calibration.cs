using NoiseGen.CompilerServices;

namespace NoiseGen;

// Ranges of the sites whose sigma is a multiple of them.
public abstract partial class NeuralNetwork
{
    /// <summary>
    /// Finds the range of each noise site that was declared with <see cref="SigmaUnit.Range"/>: the largest magnitude of its values over all images of a source, in
    /// evaluation and without any noise, of weights neither. Ranges of before are replaced. Until it has been called, set or loaded, such a site takes no sigma but 0.
    /// </summary>
    /// <param name="batches">A source of this network's shape, usually a part of the training data; it is started anew.</param>
    /// <exception cref="ArgumentException">
    /// The source does not fit the network, or has no batches; a label is not a class; or a pixel or target is not a finite number.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// No site has such a unit; a site's values are not finite numbers; or another call is using the network. The ranges are as before.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public void Calibrate(BatchSource batches)
    {
        CheckSource(batches);
        NoiseSite[] sites = [.. Noise.Where(site => site.Description.Unit == SigmaUnit.Range)];
        if (sites.Length == 0)
            throw new InvalidOperationException($"{Description.Name} has nothing to calibrate: no noise site was declared with Unit = SigmaUnit.{nameof(SigmaUnit.Range)}.");

        using Exclusive use = Enter();
        var calibration = new Calibration(Noise.Count, (BatchSize + Lanes - 1) / Lanes);
        BeginCalibration(calibration);
        batches.Start(0);
        bool isEmpty = true;
        while (batches.MoveNext())
        {
            EvaluateBatch(batches);
            calibration.EndBatch(_count);
            isEmpty = false;
        }

        if (isEmpty) throw new ArgumentException("This source has no batches: there is nothing to calibrate with.", nameof(batches));
        if (Array.Find(sites, site => !float.IsFinite(calibration.Range(site.Index))) is { } broken)
            throw new InvalidOperationException($"Noise site {broken.Name} has values that are not finite numbers, and so no range.");
        foreach (NoiseSite site in sites) site.Range = calibration.Range(site.Index);
    }

    private void BeginCalibration(Calibration calibration)
    {
        UseScales();
        Array.Clear(_strengths);
        _pass = new NoisePass(new NoiseKey(Seed, 0, Evaluation: true), _strengths, 0) { Calibration = calibration };
        PrepareEvaluation();
    }
}
