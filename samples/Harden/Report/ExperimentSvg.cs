using System.Globalization;
using System.Net;
using System.Text;

namespace Harden.Report;

/// <summary>An experiment as an SVG picture, in the look of <see cref="CurvesSvg"/>: both axes logarithmic.</summary>
internal sealed class ExperimentSvg
{
    private const double Width = 940, Height = 480, Left = 74, Right = 690, Top = 48, Bottom = 416;

    private readonly ExperimentFigure _figure;
    private readonly StringBuilder _text = new();

    private ExperimentSvg(ExperimentFigure figure) => _figure = figure;

    public static string Of(ExperimentFigure figure)
    {
        var picture = new ExperimentSvg(figure);
        picture.Draw();
        return picture._text.ToString();
    }

    private void Draw()
    {
        Line($"""
            <svg class="experiment" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" role="img"
              aria-label="{Escape(_figure.Title)}">
            """);
        _text.Append(Style());
        Line($"""<rect class="paper" width="{Width}" height="{Height}"/>""");
        Line($"""<text class="title" x="{Left}" y="26">{Escape(_figure.Title)}</text>""");
        DrawAxes();
        if (_figure.Clean is { } clean)
        {
            Line($"""<path class="reference" d="M{Left} {Y(clean):0.#}H{Right}"/>""");
            Line($"""<text class="note" x="{Left + 8}" y="{Y(clean) - 6:0.#}">trained clean</text>""");
        }

        foreach (ExperimentSeries series in _figure.Series) DrawSeries(series);
        for (int i = 0; i < _figure.Series.Length; i++)
        {
            double y = Top + 14 + 26 * i;
            Line($"""<path class="curve {_figure.Series[i].Look.Key}" d="M{Right + 22} {y - 4}h34"/>""");
            Line($"""<text class="name" x="{Right + 68}" y="{y}">{Escape(_figure.Series[i].Name)}</text>""");
        }

        Line($"</svg>");
    }

    private void DrawAxes()
    {
        for (int decade = _figure.YDecades.First; decade <= _figure.YDecades.Last; decade++)
        {
            double y = Y(Math.Pow(10, decade));
            Line($"""<path class="grid" d="M{Left} {y:0.#}H{Right}"/>""");
            Line($"""
                <text class="tick" x="{Left - 10}" y="{y + 4.5:0.#}"
                  text-anchor="end">{Numbers.Sigma(Math.Pow(10, decade))}</text>
                """);
        }

        for (int decade = _figure.XDecades.First; decade <= _figure.XDecades.Last; decade++)
        {
            double x = X(Math.Pow(10, decade));
            Line($"""<path class="grid" d="M{x:0.#} {Top}V{Bottom + 6}"/>""");
            Line($"""
                <text class="tick" x="{x:0.#}" y="{Bottom + 22}"
                  text-anchor="middle">{Numbers.Sigma(Math.Pow(10, decade))}</text>
                """);
        }

        Line($"""<path class="axis" d="M{Left} {Bottom}H{Right}"/>""");
        Line($"""<text class="label" x="{(Left + Right) / 2}" y="{Bottom + 48}" text-anchor="middle">{Escape(_figure.XTitle)}</text>""");
        Line($"""
            <text class="label" transform="translate(16 {(Top + Bottom) / 2}) rotate(-90)"
              text-anchor="middle">{ExperimentFigure.YTitle}</text>
            """);
    }

    private void DrawSeries(ExperimentSeries series)
    {
        IEnumerable<string> places =
            series.Points.Select(point => FormattableString.Invariant($"{X(point.X):0.#},{Y(point.Mu):0.#}"));
        Line($"""<polyline class="curve {series.Look.Key}" points="{string.Join(' ', places)}"/>""");
        foreach (ExperimentPoint point in series.Points)
        {
            double least = Math.Pow(10, _figure.YDecades.First), x = X(point.X);
            Line($"""
                <path class="bar {series.Look.Key}" d="M{x - 4:0.#} {Y(point.Mu + point.Error):0.#}h8m-4
                  0V{Y(Math.Max(point.Mu - point.Error, least)):0.#}m-4 0h8"/>
                """);
            Line($"""<circle class="dot {series.Look.Key}" cx="{x:0.#}" cy="{Y(point.Mu):0.#}" r="3.4"/>""");
        }
    }

    private double X(double value) =>
        Left + (Right - Left) * (Math.Log10(value) - _figure.XDecades.First) / (_figure.XDecades.Last - _figure.XDecades.First);

    private double Y(double value) => Bottom - (Bottom - Top) * Math.Clamp(
        (Math.Log10(value) - _figure.YDecades.First) / (_figure.YDecades.Last - _figure.YDecades.First), 0, 1);

    private void Line(FormattableString text) => _text.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private string Style() => $$"""
        <style>
        .experiment { --ink: #1f2328; --soft: #656d76; --grid: #e6e8eb; --paper: #ffffff; {{Colours(look => look.Light)}} font-size: 13px;
          font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif; }
        @media (prefers-color-scheme: dark) {
          .experiment { --ink: #e6edf3; --soft: #9198a1; --grid: #2d333b; --paper: #15191e; {{Colours(look => look.Dark)}} }
        }
        .experiment text { fill: var(--ink); }
        .experiment .title { font-size: 16px; font-weight: 600; }
        .experiment .name { font-size: 14px; font-weight: 600; }
        .experiment .tick, .experiment .note { fill: var(--soft); font-variant-numeric: tabular-nums; }
        .experiment .note { font-size: 12px; }
        .experiment .paper { fill: var(--paper); }
        .experiment .grid { stroke: var(--grid); fill: none; }
        .experiment .axis { stroke: var(--soft); fill: none; }
        .experiment .reference { stroke: var(--soft); fill: none; stroke-dasharray: 2 4; }
        .experiment .curve { fill: none; stroke-width: 2.2; stroke-linejoin: round; }
        .experiment .bar { fill: none; stroke-width: 1.3; }
        {{string.Concat(_figure.Series.Select(series =>
            $".experiment .curve.{series.Look.Key}, .experiment .bar.{series.Look.Key} {{ stroke: var(--{series.Look.Key}); }}\n"
            + $".experiment .dot.{series.Look.Key} {{ fill: var(--{series.Look.Key}); }}\n"))}}</style>

        """;

    private string Colours(Func<Look, string> colour) =>
        string.Concat(_figure.Series.Select(series => $"--{series.Look.Key}: {colour(series.Look)}; "));
}
