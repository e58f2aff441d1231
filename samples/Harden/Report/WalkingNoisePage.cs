using Harden.Experiments;

namespace Harden.Report;

/// <summary>The page of the experiment walking-noise: a panel per trained network.</summary>
internal static class WalkingNoisePage
{
    public static string Of(
        Settings settings, ResultsFile results, int missing, SiteFigure figure, string picture, IReadOnlyList<string> files,
        Provenance provenance)
    {
        var page = new HtmlPage($"{Figure.TitleOf(settings.Network)} on {Figure.TitleOf(settings.Data)}: Walking Noise");
        int seeds = results.Rows.Select(row => row["seed"]).Distinct().Count();
        page.Lead(
            "Noise at one site at a time (arXiv 2212.10430): the midpoint noise level µ, "
            + "at which half of the advantage over chance is lost, of networks trained clean and with noise of "
            + "strength σ at all sites. A short bar is a fragile site.");
        page.Note(
            FormattableString.Invariant($"{settings.Epochs} epochs, batches of {settings.Batch}, ")
            + FormattableString.Invariant($"learning rate {Numbers.Exact(settings.LearningRate)}, {settings.Repeats} noise ")
            + FormattableString.Invariant($"{(settings.Repeats == 1 ? "realisation" : "realisations")} ")
            + FormattableString.Invariant($"per level, {seeds} {(seeds == 1 ? "seed" : "seeds; µ is the geometric mean over them")}."));
        if (missing > 0) page.Note(FormattableString.Invariant(
            $"The grid is not complete: {missing} {(missing == 1 ? "cell is" : "cells are")} missing in the picture and the tables."));
        page.Figure(picture);
        page.Files(files);
        page.Provenance(provenance);
        page.Heading(
            "Midpoint noise levels by site",
            "– where a site has none with one of the seeds: noise there never takes half of what was learned, "
                + "or the points do not determine it.");
        figure.WriteTables(page);
        return page.End();
    }
}
