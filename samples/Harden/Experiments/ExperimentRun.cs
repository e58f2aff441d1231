using NoiseGen;
using NoiseGen.Sweeps;

namespace Harden.Experiments;

/// <summary>Trains and measures one network of an experiment's grid.</summary>
/// <param name="settings">Network, data and training.</param>
/// <param name="experiment">The grid.</param>
/// <param name="data">The data.</param>
/// <param name="run">The cell's run: its state, and what stops it.</param>
internal sealed class ExperimentRun(Settings settings, ExperimentSettings experiment, DataSplit data, CellRun run)
{
    // Strengths around that of the training, as a device's strength varies.
    private static readonly float[] s_spread = [0.25f, 0.5f, 1f, 1.5f, 2f];

    /// <summary>Trains and measures a network.</summary>
    /// <returns>A row per measured curve.</returns>
    public IReadOnlyCollection<SweepRow> Run(Cell cell) => [.. Measure(cell).Select(measurement => measurement.ToRow())];

    private Measurement[] Measure(Cell cell)
    {
        var rounding = new Rounding(cell.Bits, cell.Scale);
        using NeuralNetwork network = Catalogue.Of(settings.Network).Create(settings with { Threads = run.Threads }, cell.Seed, rounding);
        NoiseSchedule noise = NoiseSchedule.Constant(cell.Sigma);
        if (cell.Variant == Cell.Aware) noise = noise.With(ImageSigma.HalfNormal(mean: 1f, deviation: cell.Sigma / 2));
        Trainer trainer = Training.Of(network, settings, noise);
        run.Train(trainer, Training.Batches(settings, data.Train, cell.Seed), settings.Epochs);

        var test = new BatchLoader(data.Test, settings.Batch);
        if (experiment.Choice == ExperimentChoice.WalkingNoise)
        {
            return [.. Robustness.WalkingNoise(network, test, SigmaGrid.Default, settings.Repeats, cancellation: run.Cancellation)
                .Select(curve => Of(cell, curve.Name, curve, double.NaN, double.NaN))];
        }

        RobustnessCurve all = Robustness.Sweep(network, test, SigmaGrid.Default, settings.Repeats, cancellation: run.Cancellation);
        if (cell.Sigma == 0f) return [Of(cell, Measurement.AllSites, all, double.NaN, double.NaN)];
        RobustnessCurve spread = Robustness.Sweep(
            network, test, [.. s_spread.Select(factor => factor * cell.Sigma)], settings.Repeats, cancellation: run.Cancellation);
        return [Of(cell, Measurement.AllSites, all, spread.Points.Single(point => point.Sigma == cell.Sigma).Mean,
            spread.Points.Average(point => point.Mean))];
    }

    private static Measurement Of(Cell cell, string site, RobustnessCurve curve, double atTraining, double underSpread) =>
        new(cell, site, curve.NoiseFreeAccuracy, atTraining, underSpread,
            curve.TryGetMidpoint(out MidpointFit? fit, out string? reason) ? fit : null, reason);
}
