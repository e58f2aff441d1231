using System.Collections.Immutable;
using NoiseGen;

namespace Harden.Report;

/// <summary>
/// The report: one page without scripts, styles or fonts from elsewhere,
/// so that it can be kept and sent as a single file.
/// </summary>
internal sealed class HtmlReport
{
    private readonly JobResult _result;
    private readonly HtmlPage _page;

    private HtmlReport(JobResult result)
    {
        _result = result;
        _page = new HtmlPage($"{Figure.TitleOf(result.Settings.Network)} on {Figure.TitleOf(result.Settings.Data)}, hardened four ways");
    }

    /// <param name="result">The job's result.</param>
    /// <param name="picture">The curves, an svg element.</param>
    /// <param name="files">Names of the files beside it.</param>
    public static string Of(JobResult result, string picture, IReadOnlyList<string>? files = null)
    {
        var report = new HtmlReport(result);
        report.Write(picture, files ?? []);
        return report._page.End();
    }

    private void Write(string picture, IReadOnlyList<string> files)
    {
        _page.Lead(Summary());
        _page.Figure(picture);
        if (files.Count > 0) _page.Files(files);
        if (_result.Provenance is { } provenance) _page.Provenance(provenance);
        WriteResults();
        WriteMidpoints();
        WriteSites();
        WriteSweep();
        WriteTraining();
        WriteSettings();
        WriteNetworks();
    }

    /// <summary>The result in a sentence or two.</summary>
    private string Summary()
    {
        (VariantResult clean, VariantResult noisy) =
            (_result.Variants[0], _result.Variants.First(variant => variant.Variant is { Noisy: true, Quantized: false }));
        string sigma = Numbers.Sigma(_result.Settings.Sigma);
        return _result.GainOf(noisy) is { } gain
            ? $"Training with noise of σ = {sigma} moved the midpoint noise level, where half of the advantage over chance is lost, from "
                + $"{Numbers.Midpoint(clean.Midpoint!)} "
                + $"to {Numbers.Midpoint(noisy.Midpoint!)}: the network withstands {Numbers.WithError(gain.Ratio, gain.Error)} "
                + "times as much noise."
            : $"Trained clean and with noise of σ = {sigma}. A midpoint noise level is missing: {clean.NoMidpoint ?? noisy.NoMidpoint}";
    }

    private void WriteResults()
    {
        var table = ResultTable.Of(_result);
        _page.Table(
            "Results",
            "Accuracy on the test images by the noise in evaluation, the midpoint noise level µ, and µ as a multiple of clean training's.",
            table.Columns, table.Rows);
        foreach (string note in table.Notes) _page.Note(note);
    }

    private void WriteMidpoints() => _page.Table(
        "Midpoint noise levels",
        "± is the standard error of the fit. Least squares of A(σ) = C + (A₀ − C) / (1 + exp(k (log σ − log µ))), where C is the accuracy "
            + "of chance. The residual is the root mean square distance of the points from the fit; the crossing, for comparison, is "
            + "where straight lines between the points pass half-way. "
            + "No fit is reported whose standard error is not finite, or above the measured range, nor of a network whose accuracy "
            + "without noise cannot be told from chance (one-sided binomial test, at the level 0.001).",
        ["trained", "µ", "k", "A₀", "residual", "crossing"],
        [.. _result.Variants.SelectMany(MidpointRows)]);

    // Of several trainings each has a fit of its own, whose ± is the fit's.
    private IEnumerable<ImmutableArray<string>> MidpointRows(VariantResult variant)
    {
        if (variant.Trainings.IsEmpty) return [MidpointRow(variant.Variant.Name, variant.Midpoint)];
        return variant.Trainings.Select(
            one => MidpointRow(FormattableString.Invariant($"{variant.Variant.Name}, seed {one.Seed}"), one.Midpoint));
    }

    private static ImmutableArray<string> MidpointRow(string name, MidpointFit? fit) => fit is null
        ? [name, "–", "–", "–", "–", "–"]
        : [name, Numbers.Midpoint(fit), FormattableString.Invariant($"{fit.Steepness:0.00}"), Numbers.Percent(fit.Plateau),
            Numbers.Percent(fit.Residual), Numbers.Sigma(fit.Crossing)];

    private void WriteSites()
    {
        if (SiteFigure.Of(_result) is not { } figure) return;
        _page.Heading(
            "Robustness by site",
            "Walking Noise: the midpoint noise level µ of each noise site when it alone is noisy, in execution order. A short bar is a "
                + "fragile site. The dashed line is µ with noise at all sites.");
        _page.Figure(SitesSvg.Of(figure));
        figure.WriteTables(_page);
    }

    private void WriteSweep()
    {
        ImmutableArray<RobustnessPoint> levels = _result.Variants[0].Curve.Points;
        _page.Table(
            "Accuracy by noise level",
            DeviationText,
            ["σ", .. _result.Variants.Select(variant => variant.Variant.Name)],
            [
                ["0", .. _result.Variants.Select(variant => Points(variant.Curve.NoiseFreeAccuracy))],
                .. Enumerable.Range(0, levels.Length).Select(i => (ImmutableArray<string>)
                    [Numbers.Sigma(levels[i].Sigma), .. _result.Variants.Select(variant => LevelText(variant.Curve.Points[i]))]),
            ]);
    }

    private string DeviationText => _result.Settings switch
    {
        { Seeds: > 1 } settings => FormattableString.Invariant(
            $"Mean and standard deviation over {settings.Seeds} trainings, each the mean of {settings.Repeats} noise realisations, in %."),
        { Repeats: 1 } => "With one noise realisation, in percent.",
        var settings => FormattableString.Invariant($"Mean and standard deviation over {settings.Repeats} noise realisations, in percent."),
    };

    // A single realisation has no deviation.
    private string LevelText(RobustnessPoint point) =>
        _result.Settings is { Repeats: 1, Seeds: 1 } ? Points(point.Mean) : $"{Points(point.Mean)} ± {Points(point.StandardDeviation)}";

    private void WriteTraining()
    {
        _page.Heading(
            "Training",
            "Mean loss and accuracy over each epoch's images, with the training noise, before each step's update; in dashes those of the "
                + "test images without noise, after the epoch."
            + (_result.Settings.Seeds > 1 ? FormattableString.Invariant($" Of the trainings with seed {_result.Settings.Seed}.") : ""));
        _page.Figure(LearningCurves.Svg([.. _result.Variants.Select(variant => (variant.Variant.Name, variant.History))]));
        _page.Table(
            ["epoch", .. _result.Variants.Select(variant => variant.Variant.Name)],
            [.. Enumerable.Range(0, _result.Settings.Epochs).Select(i => (ImmutableArray<string>)
                [$"{i + 1}", .. _result.Variants.Select(variant => EpochText(variant.History.Epochs[i]))])]);
        _page.Table(
            ["", .. _result.Variants.Select(variant => variant.Variant.Name)],
            [
                ["images/s", .. _result.Variants.Select(variant => FormattableString.Invariant($"{variant.History.ImagesPerSecond:#,0}"))],
                ["time", .. _result.Variants.Select(variant => Numbers.Time(variant.History.Duration))],
            ]);
    }

    private void WriteSettings()
    {
        string[] arguments = [.. CommandLine.Write(_result.Settings)];
        _page.Table(
            "Settings",
            FormattableString.Invariant($"{_result.TrainImages:#,0} training and {_result.TestImages:#,0} test images; ")
                + $"training and sweeps took {Numbers.Time(_result.Duration)}. "
                + "The same command gives the same accuracies on any machine and with any number of threads.",
            ["option", "value"],
            [.. arguments.Chunk(2).Select(pair => (ImmutableArray<string>)[pair[0], pair[1]])]);
        _page.Preformatted($"dotnet run -c Release --project samples/Harden -- {string.Join(' ', arguments.Select(Quoted))}");
    }

    private void WriteNetworks()
    {
        string scale = $"Where activations are quantized, the scale c was {Numbers.Sigma(_result.Settings.Scale)} (--scale).";
        _page.Heading("Networks", scale);
        foreach (string summary in _result.Variants.Select(variant => variant.NetworkSummary).Distinct()) _page.Preformatted(summary);
    }

    private static string Points(double fraction) => FormattableString.Invariant($"{fraction * 100:0.0}");

    private static string EpochText(EpochResult epoch) =>
        FormattableString.Invariant($"{epoch.Loss:0.000}, {Numbers.Percent(epoch.Accuracy)}");

    private static string Quoted(string argument) => argument.Contains(' ') ? $"\"{argument}\"" : argument;
}
