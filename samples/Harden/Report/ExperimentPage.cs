using System.Collections.Immutable;
using Harden.Experiments;

namespace Harden.Report;

/// <summary>The page of an experiment whose grid changes how networks are trained.</summary>
internal static class ExperimentPage
{
    /// <param name="table">The table that the terminal shows.</param>
    /// <param name="picture">An svg element; empty where there is nothing to draw.</param>
    public static string Of(
        Settings settings, ExperimentChoice experiment, ResultsFile results, int missing, ExperimentTable table, ExperimentFigure? figure,
        string picture, string? ownNoise,
        IReadOnlyList<string> files, Provenance provenance)
    {
        var page = new HtmlPage(
            $"{Figure.TitleOf(settings.Network)} on {Figure.TitleOf(settings.Data)}: {ExperimentFigure.TitleOf(experiment)}");
        page.Lead(LeadOf(experiment) + (ownNoise is null ? "" : $" With a network for each σ, tested at it: {ownNoise}"));
        int seeds = results.Rows.Select(row => row["seed"]).Distinct().Count();
        page.Note(
            $"{Count(settings.Epochs, "epoch")}, batches of {Numbers.Exact(settings.Batch)}, "
            + $"learning rate {Numbers.Exact(settings.LearningRate)}, {Count(settings.Repeats, "noise realisation")} at each level, "
            + $"{Count(seeds, "seed")}.");
        if (missing > 0)
            page.Note(FormattableString.Invariant($"The grid is not done: {missing} {(missing == 1 ? "cell is" : "cells are")} missing."));
        if (figure is not null)
        {
            page.Figure(picture);
            page.Note(figure.ErrorsText);
        }

        page.Files(files);
        page.Provenance(provenance);
        page.Heading(
            "Results",
            "Accuracy without noise, with the noise of the training, and as a mean over noise whose strength varies about that; "
            + "the midpoint noise level µ, at which half of the advantage over chance is lost. "
            + "Means, and of µ geometric means, over the seeds.");
        page.Table(table.Columns, table.Rows);
        return page.End();
    }

    private static string Count(int number, string noun) => FormattableString.Invariant($"{number} {noun}{(number == 1 ? "" : "s")}");

    private static string LeadOf(ExperimentChoice experiment) => experiment switch
    {
        ExperimentChoice.QatScales =>
            "Quantized training over the bits and the scale of the activation quantizers (arXiv 2501.14531): how much noise do these "
                + "networks withstand?",
        ExperimentChoice.VarianceAware =>
            "Training with noise of the same strength for all images of a batch, and of a strength for each (arXiv 2503.16183).",
        _ => "Each strength of the training noise trains networks of its own (arXiv 2501.14531): how much noise do they withstand?",
    };
}
