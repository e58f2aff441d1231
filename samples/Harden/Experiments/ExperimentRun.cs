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
        if (cell.Bits > 0)
        {
            FinishQuantized(cell);
            return;
        }

        switch (settings.Network, data.Train.Shape.Channels)
        {
            case (NetworkChoice.LeNet5, 1): Finish<LeNet5Gray>(cell); break;
            case (NetworkChoice.LeNet5, _): Finish<LeNet5Color>(cell); break;
            case (NetworkChoice.LeNet5BatchNorm, 1): Finish<LeNet5BatchNormGray>(cell); break;
            case (NetworkChoice.LeNet5BatchNorm, _): Finish<LeNet5BatchNormColor>(cell); break;
            case (NetworkChoice.Mlp, 1): Finish<MlpGray>(cell); break;
            case (NetworkChoice.Mlp, _): Finish<MlpColor>(cell); break;
            case (_, 1): Finish<LeNet5MaxPoolGray>(cell); break;
            default: Finish<LeNet5MaxPoolColor>(cell); break;
        }
    }

    private void FinishQuantized(Cell cell)
    {
        switch (data.Train.Shape.Channels, cell.Bits, cell.Scale == Cell.Learned)
        {
            case (1, 4, false): Finish<LeNet5MaxPoolGray4Bits>(cell); break;
            case (1, 8, false): Finish<LeNet5MaxPoolGrayQuantized>(cell); break;
            case (1, _, false): Finish<LeNet5MaxPoolGray16Bits>(cell); break;
            case (1, 4, true): Finish<LeNet5MaxPoolGray4BitsLearned>(cell); break;
            case (1, 8, true): Finish<LeNet5MaxPoolGray8BitsLearned>(cell); break;
            case (1, _, true): Finish<LeNet5MaxPoolGray16BitsLearned>(cell); break;
            case (_, 4, false): Finish<LeNet5MaxPoolColor4Bits>(cell); break;
            case (_, 8, false): Finish<LeNet5MaxPoolColorQuantized>(cell); break;
            case (_, _, false): Finish<LeNet5MaxPoolColor16Bits>(cell); break;
            case (_, 4, true): Finish<LeNet5MaxPoolColor4BitsLearned>(cell); break;
            case (_, 8, true): Finish<LeNet5MaxPoolColor8BitsLearned>(cell); break;
            case (_, _, true): Finish<LeNet5MaxPoolColor16BitsLearned>(cell); break;
        }
    }

    private void Finish<TNetwork>(Cell cell)
        where TNetwork : NeuralNetwork, INetwork<TNetwork>
    {
        string[] sites = experiment.Choice == ExperimentChoice.WalkingNoise
            ? [.. TNetwork.Describe().NoiseSites.Select(site => site.Name)]
            : [Measurement.AllSites];
        if (!results.Has(cell, sites)) results.Add(cell, Measure<TNetwork>(cell));
    }

    private Measurement[] Measure<TNetwork>(Cell cell)
        where TNetwork : NeuralNetwork, INetwork<TNetwork>
    {
        using TNetwork network = TNetwork.Create(cell.Seed, settings.Batch, settings.Threads);
        foreach (Stage stage in network.Stages.Where(stage => stage.Description.ActivationQuantizer is { Learned: null })) stage.Quantizer.Scale = cell.Scale;
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
