using System.Globalization;
using System.Net;
using System.Text;

namespace Harden.Report;

/// <summary>A panel per network, a bar per site: how much noise each site withstands alone.</summary>
internal sealed class SitesSvg
{
    private const double Width = 940, Left = 150, Right = 916, Gap = 40; // site names are to the left of the panels
    private const double Top = 92, RowHeight = 22, BarHeight = 13;
    private const int PanelsAbreast = 4;

    private readonly SiteFigure _figure;
    private readonly StringBuilder _text = new();

    private SitesSvg(SiteFigure figure) => _figure = figure;

    public static string Of(SiteFigure figure)
    {
        var picture = new SitesSvg(figure);
        picture.Draw();
        return picture._text.ToString();
    }

    private int Columns => Math.Min(PanelsAbreast, _figure.Groups.Length);

    private double PanelWidth => (Right - Left - (Columns - 1) * Gap) / Columns;

    private double BarsHeight => RowHeight * _figure.Sites.Length;

    // From the top of one row of panels to the next, with room for its names above and its axis below.
    private double BandHeight => BarsHeight + 84;

    private void Draw()
    {
        int bands = (_figure.Groups.Length + Columns - 1) / Columns;
        double height = Top + bands * BandHeight - 20;
        Line($"""
            <svg class="sites" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height:0.#}" role="img"
              aria-label="{Escape(_figure.Title)}">
            """);
        _text.Append(Style());
        Line($"""<rect class="paper" width="{Width}" height="{height:0.#}"/>""");
        Line($"""<text class="title" x="20" y="26">{Escape(_figure.Title)}</text>""");
        for (int band = 0; band < bands; band++) DrawSiteNames(Top + band * BandHeight);
        for (int i = 0; i < _figure.Groups.Length; i++)
            DrawPanel(_figure.Groups[i], Left + i % Columns * (PanelWidth + Gap), Top + i / Columns * BandHeight);
        Line($"""<text class="label" x="{(Left + Right) / 2}" y="{height - 12:0.#}" text-anchor="middle">{SiteFigure.XTitle}</text>""");
        Line($"</svg>");
    }

    private void DrawSiteNames(double top)
    {
        for (int i = 0; i < _figure.Sites.Length; i++)
            Line($"""
                <text class="site" x="{Left - 12}" y="{top + (i + 0.5) * RowHeight + 4.5:0.#}"
                  text-anchor="end">{Escape(_figure.Sites[i])}</text>
                """);
    }

    private void DrawPanel(SiteGroup group, double left, double top)
    {
        Line($"""<text class="name" x="{left:0.#}" y="{top - 14}">{Escape(group.Name)}</text>""");
        DrawAxis(left, top);
        for (int i = 0; i < _figure.Sites.Length; i++) DrawBar(group, i, left, top + i * RowHeight);
        if (group.AllSites is not { } all) return;
        double x = left + X(all);
        Line($"""<path class="all {group.Look.Key}" d="M{x:0.#} {top - 6}V{top + BarsHeight:0.#}"/>""");
    }

    private void DrawAxis(double left, double top)
    {
        double bottom = top + BarsHeight;
        for (int decade = _figure.FirstDecade; decade <= _figure.LastDecade; decade++)
        {
            double x = left + X(Math.Pow(10, decade));
            Line($"""<path class="grid" d="M{x:0.#} {top}V{bottom + 5:0.#}"/>""");
            Line($"""
                <text class="tick" x="{x:0.#}" y="{bottom + 20:0.#}"
                  text-anchor="middle">{Numbers.Sigma(Math.Pow(10, decade))}</text>
                """);
        }

        Line($"""<path class="axis" d="M{left:0.#} {bottom:0.#}h{PanelWidth:0.#}"/>""");
    }

    // Beside a bar its number; inside where the panel ends.
    private void DrawBar(SiteGroup group, int site, double left, double top)
    {
        double? midpoint = group.Midpoints[site];
        double middle = top + RowHeight / 2, length = midpoint is { } mu ? X(mu) : PanelWidth;
        Line($"""
            <rect class="bar {(midpoint is null ? "none" : group.Look.Key)}" x="{left:0.#}" y="{middle - BarHeight / 2:0.#}"
              width="{Math.Max(length, 1):0.#}" height="{BarHeight}" rx="2"/>
            """);
        string text = midpoint is { } shown ? Numbers.Sigma(shown) : "no midpoint";
        double end = length;
        if (midpoint is { } value && group.Errors[site] is { } error)
        {
            // Behind the axis' ends there is nothing to see.
            double from = X(Math.Max(value - error, Math.Pow(10, _figure.FirstDecade))), to = Math.Min(X(value + error), PanelWidth);
            Line($"""<path class="whisker" d="M{left + from:0.#} {middle - 4:0.#}v8m0 -4H{left + to:0.#}m0 -4v8"/>""");
            end = Math.Max(length, to);
        }

        bool isInside = end > PanelWidth - 34;
        Line($"""
            <text class="value{(isInside && midpoint is not null ? " inside" : "")}"
              x="{(isInside ? left + Math.Min(length, PanelWidth) - 5 : left + end + 5):0.#}" y="{middle + 4:0.#}"
              text-anchor="{(isInside ? "end" : "start")}">{text}</text>
            """);
    }

    private double X(double sigma) => PanelWidth * (Math.Log10(sigma) - _figure.FirstDecade) / (_figure.LastDecade - _figure.FirstDecade);

    private void Line(FormattableString text) => _text.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private string Style() => $$"""
        <style>
        .sites { --ink: #1f2328; --soft: #656d76; --grid: #e6e8eb; --paper: #ffffff; {{Colours(look => look.Light)}} font-size: 13px;
          font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif; }
        @media (prefers-color-scheme: dark) {
          .sites { --ink: #e6edf3; --soft: #9198a1; --grid: #2d333b; --paper: #15191e; {{Colours(look => look.Dark)}} }
        }
        .sites text { fill: var(--ink); }
        .sites .title { font-size: 16px; font-weight: 600; }
        .sites .name { font-size: 14px; font-weight: 600; }
        .sites .value, .sites .tick { font-variant-numeric: tabular-nums; font-size: 12px; }
        .sites .tick { fill: var(--soft); }
        .sites .inside { fill: var(--paper); }
        .sites .paper { fill: var(--paper); }
        .sites .grid { stroke: var(--grid); fill: none; }
        .sites .axis { stroke: var(--soft); fill: none; }
        .sites .none { fill: var(--grid); }
        .sites .whisker { fill: none; stroke: var(--ink); stroke-width: 1.2; }
        .sites .all { fill: none; stroke-width: 1.6; stroke-dasharray: 5 3; }
        {{string.Concat(Looks.Select(look =>
            $".sites .bar.{look.Key} {{ fill: var(--{look.Key}); }}\n.sites .all.{look.Key} {{ stroke: var(--{look.Key}); }}\n"))}}</style>

        """;

    private IEnumerable<Look> Looks => _figure.Groups.Select(group => group.Look).Distinct();

    private string Colours(Func<Look, string> colour) => string.Concat(Looks.Select(look => $"--{look.Key}: {colour(look)}; "));
}
