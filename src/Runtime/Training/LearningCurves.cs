using System.Globalization;
using System.Net;
using System.Text;

namespace NoiseGen;

/// <summary>
/// Learning curves as an SVG picture: loss and, if there are classes, accuracy over the epochs, with dashed lines for the validation. It
/// needs no plotting library and no embedded fonts, and follows the reader's light or dark theme.
/// </summary>
public static class LearningCurves
{
    private const double Left = 62, Top = 44, PanelWidth = 340, PanelHeight = 230, Gap = 84, Legend = 24;
    private const int MostTicks = 6;

    // The colours of Okabe and Ito (2008), which colour-blind readers can distinguish, and lighter ones of the same hues for dark
    // backgrounds.
    private static readonly (string Light, string Dark)[] s_colours =
        [("#d55e00", "#ff8f4a"), ("#cc79a7", "#e6a3c8"), ("#0072b2", "#56b4e9"), ("#009e73", "#35c99d"), ("#e69f00", "#f0c04a"),
            ("#56b4e9", "#9ad4f5")];

    /// <summary>An svg element.</summary>
    /// <param name="runs">Trainings and their names, at least one with an epoch; a single one needs no name.</param>
    /// <exception cref="InvalidOperationException">There are no epochs.</exception>
    public static string Svg(IReadOnlyList<(string Name, TrainingHistory History)> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        if (runs.All(run => run.History.Epochs.Length == 0)) throw new InvalidOperationException("There are no epochs to draw.");
        bool hasAccuracy = runs.Any(run => run.History.HasAccuracy), hasValidation = runs.Any(run => run.History.HasValidation);
        string[] names = [.. runs.Select(run => run.Name).Where(name => name.Length > 0)];
        double width = Left + PanelWidth + (hasAccuracy ? Gap + PanelWidth : 0) + 20;
        double height = Top + PanelHeight + 52 + (names.Length > 0 || hasValidation ? Legend : 0);
        var text = new StringBuilder();
        Append(text, $"""<svg class="learning" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" """);
        Append(text, $"""role="img" aria-label="learning curves">""");
        text.Append(Style(runs.Count)).Append('\n');
        Append(text, $"""<rect class="paper" width="{width}" height="{height}"/>""");
        new Panel(text, runs, Left, "loss", epoch => epoch.Loss, epoch => epoch.Validation?.Loss).Draw();
        if (hasAccuracy)
        {
            const double Second = Left + PanelWidth + Gap;
            new Panel(
                text, runs, Second, "accuracy", epoch => epoch.Accuracy, epoch => epoch.Validation?.Accuracy) { IsFraction = true }.Draw();
        }

        DrawLegend(text, names, hasValidation, height - 16);
        return text.Append("</svg>\n").ToString();
    }

    private static void DrawLegend(StringBuilder text, string[] names, bool hasValidation, double y)
    {
        double x = Left;
        for (int run = 0; run < names.Length; run++)
        {
            Append(text, $"""<path class="run{run % s_colours.Length}" d="M{x:0.#} {y - 4}h24"/>""");
            Append(text, $"""<text x="{x + 30:0.#}" y="{y}">{WebUtility.HtmlEncode(names[run])}</text>""");
            x += 60 + 7.2 * names[run].Length; // about a letter's width
        }

        if (!hasValidation) return;
        Append(text, $"""<path class="reference" d="M{x:0.#} {y - 4}h24"/>""");
        Append(text, $"""<text class="soft" x="{x + 30:0.#}" y="{y}">validation</text>""");
    }

    private static string Style(int runs)
    {
        var rules = new StringBuilder();
        for (int i = 0; i < Math.Min(runs, s_colours.Length); i++)
            rules.Append(
                CultureInfo.InvariantCulture,
                $".learning .run{i} {{ stroke: {s_colours[i].Light}; }}\n@media (prefers-color-scheme: dark) {{ .learning "
                    + $".run{i} {{ stroke: {s_colours[i].Dark}; }} }}\n");
        return $$"""
            <style>
            .learning { --ink: #1f2328; --soft: #656d76; --grid: #e6e8eb; --paper: #ffffff;
                font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
                font-size: 13px; }
            @media (prefers-color-scheme: dark) { .learning { --ink: #e6edf3; --soft: #9198a1; --grid: #2d333b; --paper: #15191e; } }
            .learning text { fill: var(--ink); }
            .learning .title { font-size: 14px; font-weight: 600; }
            .learning .soft { fill: var(--soft); font-variant-numeric: tabular-nums; }
            .learning .paper { fill: var(--paper); }
            .learning path, .learning polyline { fill: none; stroke-width: 2; stroke-linejoin: round; }
            .learning .grid { stroke: var(--grid); stroke-width: 1; }
            .learning .axis { stroke: var(--soft); stroke-width: 1; }
            .learning .reference { stroke: var(--soft); }
            .learning .validation, .learning .reference { stroke-dasharray: 5 3; }
            {{rules}}</style>
            """;
    }

    private static void Append(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private sealed class Panel(
        StringBuilder text, IReadOnlyList<(string Name, TrainingHistory History)> runs, double left, string title,
        Func<EpochResult, double> training, Func<EpochResult, double?> validation)
    {
        private const double Bottom = Top + PanelHeight;

        private readonly int _epochs = runs.Max(run => run.History.Epochs.Length);

        private double _top;

        /// <summary>Whether the axis goes to 1, in percent.</summary>
        public bool IsFraction { get; init; }

        public void Draw()
        {
            Append(text, $"""<text class="title" x="{left}" y="26">{title}</text>""");
            DrawAxes();
            for (int run = 0; run < runs.Count; run++)
            {
                string look = InvariantText.Of($"run{run % s_colours.Length}");
                DrawCurve(look, runs[run].History, epoch => training(epoch));
                DrawCurve($"{look} validation", runs[run].History, validation);
            }
        }

        private void DrawAxes()
        {
            double most = runs.SelectMany(run => run.History.Epochs).SelectMany(epoch => (double?[])[training(epoch), validation(epoch)])
                .Max(value => value is { } one && double.IsFinite(one) ? one : 0);
            double step = IsFraction ? 0.2 : Step(most, MostTicks - 1);
            _top = IsFraction ? 1 : Math.Max(step, Math.Ceiling(most / step - 1e-9) * step);
            for (double value = 0; value <= _top + step / 2; value += step)
            {
                string tick = IsFraction ? InvariantText.Of($"{100 * value:0} %") : InvariantText.Of($"{value:0.####}");
                Append(text, $"""<path class="grid" d="M{left} {Y(value):0.#}h{PanelWidth}"/>""");
                Append(text, $"""<text class="soft" x="{left - 8}" y="{Y(value) + 4.5:0.#}" text-anchor="end">{tick}</text>""");
            }

            int every = (int)Math.Max(1, Step(_epochs, MostTicks));
            for (int epoch = 1; epoch <= _epochs; epoch += epoch == 1 && every > 1 ? every - 1 : every)
                Append(text, $"""<text class="soft" x="{X(epoch):0.#}" y="{Bottom + 18}" text-anchor="middle">{epoch}</text>""");
            Append(text, $"""<path class="axis" d="M{left} {Bottom}h{PanelWidth}"/>""");
            Append(text, $"""<text x="{left + PanelWidth / 2}" y="{Bottom + 38}" text-anchor="middle">epoch</text>""");
        }

        private void DrawCurve(string look, TrainingHistory history, Func<EpochResult, double?> value)
        {
            (int Epoch, double Value)[] points =
                [.. history.Epochs.Where(epoch => value(epoch) is { } one && double.IsFinite(one))
                    .Select(epoch => (epoch.Number, value(epoch)!.Value))];
            if (points.Length == 0) return;
            string places = string.Join(' ', points.Select(point => InvariantText.Of($"{X(point.Epoch):0.#},{Y(point.Value):0.#}")));
            // A single epoch has no line: a short one stands for it.
            Append(text, points.Length > 1
                ? (FormattableString)$"""<polyline class="{look}" points="{places}"/>"""
                : $"""<path class="{look}" d="M{X(points[0].Epoch) - 6:0.#} {Y(points[0].Value):0.#}h12"/>""");
        }

        // 1, 2 or 5 times a power of ten, so that there are at most the given number of steps.
        private static double Step(double range, int most)
        {
            double rough = Math.Max(range, 1e-12) / most, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
            return power * (rough / power <= 1 ? 1 : rough / power <= 2 ? 2 : rough / power <= 5 ? 5 : 10);
        }

        private double X(int epoch) => left + (_epochs == 1 ? PanelWidth / 2 : PanelWidth * (epoch - 1) / (_epochs - 1));

        private double Y(double value) => Bottom - PanelHeight * Math.Clamp(value / _top, 0, 1);
    }
}
