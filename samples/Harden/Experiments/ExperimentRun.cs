using NoiseGen;

namespace Harden.Experiments;

/// <summary>Trains and measures the networks of an experiment's grid that are not in the results file yet.</summary>
/// <param name="settings">Network, data and training.</param>
/// <param name="experiment">The grid.</param>
/// <param name="data">The data.</param>
/// <param name="results">Where the results go.</param>
/// <param name="failures">Where it is kept which cells failed; those are passed over.</param>
/// <param name="report">Is told of each cell that is done.</param>
/// <param name="cancellation">Stops between two steps; finished cells stay.</param>
internal sealed class ExperimentRun(
    Settings settings, ExperimentSettings experiment, DataSplit data, ResultsFile results, FailedCells failures,
    Action<Cell, int, int> report, CancellationToken cancellation)
{
    // Strengths about that of the training, as a device's own varies.
    private static readonly float[] s_spread = [0.25f, 0.5f, 1f, 1.5f, 2f];

    private CatalogueEntry Network { get; } = Catalogue.Of(settings.Network);

    /// <summary>Keeps where each training stands; null, as at first, where none is kept.</summary>
    public Unfinished? Unfinished { get; init; }

    /// <summary>Is told of each step of a training.</summary>
    public Action<Cell, TrainingProgress>? Trained { get; init; }

    /// <summary>
    /// Trains and measures what is not done yet. A cell whose training diverges is noted as failed, and the others go on.
    /// </summary>
    public void Run()
    {
        Cell[] cells = [.. Cell.Of(experiment, settings.Seed)];
        for (int i = 0; i < cells.Length; i++)
        {
            Cell cell = cells[i];
            try
            {
                if (failures.ReasonOf(cell) is null) Finish(cell);
            }
            catch (TrainingDivergedException failure)
            {
                failures.Add(cell, failure.Message);
                Unfinished?.GiveUp(NameOf(cell));
            }

            report(cell, i + 1, cells.Length);
        }
    }

    private void Finish(Cell cell)
    {
        string[] sites = experiment.Choice == ExperimentChoice.WalkingNoise
            ? [.. Network.For(settings.Data).Description.NoiseSites.Select(site => site.Name)]
            : [Measurement.AllSites];
        if (!results.Has(cell, sites)) results.Add(cell, Measure(cell));
    }

    private Measurement[] Measure(Cell cell)
    {
        using NeuralNetwork network = Network.Create(settings, cell.Seed, new Rounding(cell.Bits, cell.Scale));
        NoiseSchedule noise = NoiseSchedule.Constant(cell.Sigma);
        if (cell.Variant == Cell.Aware) noise = noise.With(ImageSigma.HalfNormal(mean: 1f, deviation: cell.Sigma / 2));
        Trainer trainer = Training.Of(network, settings, noise);
        if (Trained is { } trained) trainer.Progress = progress => trained(cell, progress);
        Unfinished?.Keep(NameOf(cell), trainer);
        trainer.Run(Training.Batches(settings, data.Train, cell.Seed), settings.Epochs, cancellation);

        var test = new BatchLoader(data.Test, settings.Batch);
        if (experiment.Choice == ExperimentChoice.WalkingNoise)
        {
            return [.. Robustness.WalkingNoise(network, test, SigmaGrid.Default, settings.Repeats, cancellation: cancellation)
                .Select(curve => Of(cell, curve.Name, curve, double.NaN, double.NaN))];
        }

        RobustnessCurve all = Robustness.Sweep(network, test, SigmaGrid.Default, settings.Repeats, cancellation: cancellation);
        if (cell.Sigma == 0f) return [Of(cell, Measurement.AllSites, all, double.NaN, double.NaN)];
        RobustnessCurve spread = Robustness.Sweep(network, test, [.. s_spread.Select(factor => factor * cell.Sigma)], settings.Repeats, cancellation: cancellation);
        return [Of(cell, Measurement.AllSites, all, spread.Points.Single(point => point.Sigma == cell.Sigma).Mean, spread.Points.Average(point => point.Mean))];
    }

    private static string NameOf(Cell cell) =>
        FormattableString.Invariant($"{cell.Variant}-{cell.Sigma}-{cell.Bits}-{cell.Scale}-{cell.Seed}");

    private static Measurement Of(Cell cell, string site, RobustnessCurve curve, double atTraining, double underSpread) =>
        new(cell, site, curve.NoiseFreeAccuracy, atTraining, underSpread, curve.TryGetMidpoint(out MidpointFit? fit, out string? reason) ? fit : null, reason);
}
