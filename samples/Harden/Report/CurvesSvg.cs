using System.Globalization;
using System.Net;
using System.Text;
using NoiseGen;

namespace Harden.Report;

/// <summary>
/// The curves as an SVG picture: its own markup, since a plotting library's depends on the fonts of the machine that draws,
/// and cannot follow the reader's light or dark theme.
/// </summary>
internal sealed class CurvesSvg
{
    private const double Width = 940, LeastHeight = 480;
    private const double Left = 66, Right = 690, Top = 48, Bottom = 416; // the plot area; the legend stands to its right

    private readonly Figure _figure;
    private readonly StringBuilder _text = new();

    private CurvesSvg(Figure figure) => _figure = figure;

    public static string Of(Figure figure)
    {
        var picture = new CurvesSvg(figure);
        picture.Draw();
        return picture._text.ToString();
    }

    // Many curves have a long legend.
    private double Height => Math.Max(LeastHeight, Top + 14 + 58 * _figure.Series.Length + (_figure.HasBands ? 100 : 60));

    private void Draw()
    {
        Line($"""
            <svg class="curves" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" role="img"
              aria-label="{Escape(_figure.Title)}">
            """);
        _text.Append(Style());
        Line($"""<rect class="paper" width="{Width}" height="{Height}"/>""");
        Line($"""<text class="title" x="{Left}" y="26">{Escape(_figure.Title)}</text>""");
        DrawAxes();
        DrawReferences();
        if (_figure.HasBands) foreach (Series series in _figure.Series) DrawBand(series);
        foreach (Series series in _figure.Series) DrawCurve(series);
        foreach (Series series in _figure.Series) DrawMidpoint(series);
        for (int i = 0; i < _figure.Series.Length; i++) DrawLegend(_figure.Series[i], Top + 14 + 58 * i);
        DrawLegendOfMarks(Top + 14 + 58 * _figure.Series.Length);
        Line($"</svg>");
    }

    private void DrawAxes()
    {
        for (int percent = 0; percent <= 100; percent += 20)
        {
            double y = Y(percent / 100.0);
            Line($"""<path class="grid" d="M{Left} {y:0.#}H{Right}"/>""");
            Line($"""<text class="tick" x="{Left - 10}" y="{y + 4.5:0.#}" text-anchor="end">{percent} %</text>""");
        }

        for (int decade = _figure.FirstDecade; decade <= _figure.LastDecade; decade++)
        {
            double x = X(Math.Pow(10, decade));
            Line($"""<path class="grid" d="M{x:0.#} {Top}V{Bottom + 6}"/>""");
            Line($"""
                <text class="tick" x="{x:0.#}" y="{Bottom + 22}"
                  text-anchor="middle">{Numbers.Sigma(Math.Pow(10, decade))}</text>
                """);
            if (decade == _figure.LastDecade) break;
            for (int part = 2; part <= 9; part++) Line($"""<path class="axis" d="M{X(part * Math.Pow(10, decade)):0.#} {Bottom}v4"/>""");
        }

        Line($"""<path class="axis" d="M{Left} {Bottom}H{Right}"/>""");
        Line($"""<text class="label" x="{(Left + Right) / 2}" y="{Bottom + 48}" text-anchor="middle">{Figure.XTitle}</text>""");
        Line($"""
            <text class="label" transform="translate(16 {(Top + Bottom) / 2}) rotate(-90)"
              text-anchor="middle">{Figure.YTitle}</text>
            """);
    }

    private void DrawReferences()
    {
        double chance = Y(_figure.Chance);
        Line($"""<path class="reference" d="M{Left} {chance:0.#}H{Right}"/>""");
        Line($"""<text class="note" x="{Left + 8}" y="{chance - 6:0.#}">{Figure.ChanceNote}</text>""");
        if (_figure.TrainingSigma is not { } sigma) return;
        double training = X(sigma);
        Line($"""<path class="reference" d="M{training:0.#} {Top}V{Bottom}"/>""");
        Line($"""<text class="note" x="{training + 6:0.#}" y="{Top + 12}">{Figure.TrainingNote}</text>""");
    }

    private void DrawBand(Series series)
    {
        var upper = series.Points.Select(point => Place(point.Sigma, point.Mean + point.StandardDeviation));
        var lower = series.Points.Reverse().Select(point => Place(point.Sigma, point.Mean - point.StandardDeviation));
        Line($"""<polygon class="band {series.Look.Key}" points="{string.Join(' ', upper.Concat(lower))}"/>""");
    }

    private void DrawCurve(Series series)
    {
        Line($"""
            <polyline class="curve {series.Look.Key}"
              points="{string.Join(' ', series.Points.Select(point => Place(point.Sigma, point.Mean)))}"/>
            """);
        foreach (RobustnessPoint point in series.Points)
            Line($"""<circle class="dot {series.Look.Key}" cx="{X(point.Sigma):0.#}" cy="{Y(point.Mean):0.#}" r="2.6"/>""");
    }

    private void DrawMidpoint(Series series)
    {
        if (series.Midpoint is not { } fit) return;
        Line($"""<path class="mark {series.Look.Key}" d="M{X(fit.Mu):0.#} {Bottom}v-9"/>""");
        Line($"""<circle class="midpoint {series.Look.Key}" cx="{X(fit.Mu):0.#}" cy="{Y(series.HalfWay):0.#}" r="6.5"/>""");
    }

    private void DrawLegend(Series series, double y)
    {
        Line($"""<path class="curve {series.Look.Key}" d="M{Right + 22} {y - 4}h34"/>""");
        Line($"""<circle class="midpoint {series.Look.Key}" cx="{Right + 39}" cy="{y - 4}" r="5"/>""");
        Line($"""<text class="name" x="{Right + 68}" y="{y}">{Escape(series.Name)}</text>""");
        Line($"""<text class="value" x="{Right + 68}" y="{y + 19}">{Escape(series.MidpointText)}</text>""");
    }

    private void DrawLegendOfMarks(double y)
    {
        Line($"""<text class="note" x="{Right + 22}" y="{y + 4}">○ midpoint µ: half-way</text>""");
        Line($"""<text class="note" x="{Right + 22}" y="{y + 20}">between the noise-free</text>""");
        Line($"""<text class="note" x="{Right + 22}" y="{y + 36}">accuracy and chance</text>""");
        if (!_figure.HasBands) return;
        Line($"""<text class="note" x="{Right + 22}" y="{y + 60}">band: ± one standard</text>""");
        Line($"""<text class="note" x="{Right + 22}" y="{y + 76}">deviation of the {_figure.BandText}</text>""");
    }

    private string Place(double sigma, double accuracy) => Invariant($"{X(sigma):0.#},{Y(accuracy):0.#}");

    private double X(double sigma) =>
        Left + (Right - Left) * (Math.Log10(sigma) - _figure.FirstDecade) / (_figure.LastDecade - _figure.FirstDecade);

    private static double Y(double accuracy) => Bottom - (Bottom - Top) * Math.Clamp(accuracy, 0, 1);

    private void Line(FormattableString text) => _text.Append(Invariant(text)).Append('\n');

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private string Style() => $$"""
        <style>
        .curves { --ink: #1f2328; --soft: #656d76; --grid: #e6e8eb; --paper: #ffffff; {{Colours(look => look.Light)}} font-size: 13px;
          font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif; }
        @media (prefers-color-scheme: dark) {
          .curves { --ink: #e6edf3; --soft: #9198a1; --grid: #2d333b; --paper: #15191e; {{Colours(look => look.Dark)}} }
        }
        .curves text { fill: var(--ink); }
        .curves .title { font-size: 16px; font-weight: 600; }
        .curves .name { font-size: 14px; font-weight: 600; }
        .curves .value, .curves .tick { font-variant-numeric: tabular-nums; }
        .curves .tick, .curves .note { fill: var(--soft); }
        .curves .note { font-size: 12px; }
        .curves .paper { fill: var(--paper); }
        .curves .grid { stroke: var(--grid); fill: none; }
        .curves .axis { stroke: var(--soft); fill: none; }
        .curves .reference { stroke: var(--soft); fill: none; stroke-dasharray: 2 4; }
        .curves .curve { fill: none; stroke-width: 2.2; stroke-linejoin: round; }
        .curves .band { fill-opacity: 0.18; }
        .curves .midpoint { fill: var(--paper); stroke-width: 2.2; }
        .curves .mark { stroke-width: 2.2; }
        {{string.Concat(Looks.Select(Rules))}}</style>

        """;

    private IEnumerable<Look> Looks => _figure.Series.Select(series => series.Look);

    private string Colours(Func<Look, string> colour) => string.Concat(Looks.Select(look => $"--{look.Key}: {colour(look)}; "));

    private static string Rules(Look look) =>
        $".curves .curve.{look.Key}, .curves .midpoint.{look.Key}, .curves .mark.{look.Key} {{ stroke: var(--{look.Key}); }}\n"
        + $".curves .band.{look.Key}, .curves .dot.{look.Key} {{ fill: var(--{look.Key}); }}\n"
        + (look.Dashed ? $".curves .curve.{look.Key} {{ stroke-dasharray: 7 4; }}\n" : "");
}
