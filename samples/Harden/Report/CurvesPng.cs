using NoiseGen;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Harden.Report;

/// <summary>The curves as a bitmap, for slides and papers.</summary>
internal static class CurvesPng
{
    private const int Width = 1840, Height = 960;
    private const float Zoom = 2; // lines and letters are sized for half the pixels

    // In order of preference; ScottPlot's default may be a serif font.
    private static readonly string[] PreferredFonts =
        ["Inter", "Segoe UI", "Helvetica Neue", "Noto Sans", "Liberation Sans", "Arial", "DejaVu Sans"];

    /// <summary>Whether this machine has a font to write labels with.</summary>
    public static bool HasFonts => SKFontManager.Default.FontFamilies.Any();

    /// <summary>The bytes of a PNG file.</summary>
    public static byte[] Of(Figure figure)
    {
        using var plot = new Plot { ScaleFactor = Zoom };
        DrawAxes(plot, figure);
        foreach (Series series in figure.Series) DrawBand(plot, series);
        foreach (Series series in figure.Series) DrawCurve(plot, series);
        foreach (Series series in figure.Series) DrawMidpoint(plot, series);
        return plot.GetImageBytes(Width, Height, ImageFormat.Png);
    }

    private static void DrawAxes(Plot plot, Figure figure)
    {
        if (PreferredFonts.Intersect(SKFontManager.Default.FontFamilies).FirstOrDefault() is { } font) plot.Font.Set(font);
        plot.Title(figure.Title, size: 16);
        plot.XLabel(Figure.XTitle, size: 13);
        plot.YLabel(Figure.YTitle, size: 13);
        plot.Axes.Bottom.Label.Bold = plot.Axes.Left.Label.Bold = false;
        plot.Axes.SetLimits(figure.FirstDecade, figure.LastDecade, 0, 100);
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic
        {
            MinorTickGenerator = new LogMinorTickGenerator(),
            IntegerTicksOnly = true,
            LabelFormatter = decade => Numbers.Sigma(Math.Pow(10, decade)),
        };
        plot.Axes.Left.TickGenerator = new NumericFixedInterval(20) { LabelFormatter = percent => $"{percent:0} %" };
        plot.Axes.Right.IsVisible = plot.Axes.Top.IsVisible = false;
        plot.Grid.MajorLineColor = Color.FromHex("#e6e8eb");
        DrawReferences(plot, figure);
        DrawLegend(plot);
    }

    private static void DrawReferences(Plot plot, Figure figure)
    {
        double chance = 100 * figure.Chance;
        plot.Add.HorizontalLine(chance, width: 1, color: Colors.Gray, pattern: LinePattern.Dotted);
        AddNote(plot, Figure.ChanceNote, figure.FirstDecade, chance, Alignment.LowerLeft);
        if (figure.TrainingSigma is not { } sigma) return;
        plot.Add.VerticalLine(Math.Log10(sigma), width: 1, color: Colors.Gray, pattern: LinePattern.Dotted);
        AddNote(plot, Figure.TrainingNote, Math.Log10(sigma), 100, Alignment.UpperLeft);
    }

    private static void AddNote(Plot plot, string note, double x, double y, Alignment alignment)
    {
        var text = plot.Add.Text(note, x, y);
        (text.LabelFontSize, text.LabelFontColor, text.LabelAlignment, text.OffsetX) = (12, Colors.Gray, alignment, 6);
    }

    private static void DrawLegend(Plot plot)
    {
        var panel = plot.ShowLegend(Edge.Right);
        panel.Alignment = Alignment.UpperLeft;
        panel.Legend.OutlineColor = panel.Legend.ShadowColor = panel.Legend.BackgroundColor = Colors.Transparent;
        panel.Legend.InterItemPadding = new PixelPadding(8);
    }

    private static void DrawBand(Plot plot, Series series)
    {
        var band = plot.Add.FillY(
            Logarithms(series),
            [.. series.Points.Select(point => 100 * Math.Max(0, point.Mean - point.StandardDeviation))],
            [.. series.Points.Select(point => 100 * Math.Min(1, point.Mean + point.StandardDeviation))]);
        band.FillColor = Color.FromHex(series.Look.Light).WithAlpha(0.18);
        band.LineWidth = 0;
    }

    private static void DrawCurve(Plot plot, Series series)
    {
        var curve = plot.Add.Scatter(
            Logarithms(series), series.Points.Select(point => 100 * point.Mean).ToArray(), Color.FromHex(series.Look.Light));
        curve.LineWidth = 2.2f;
        curve.LinePattern = series.Look.Dashed ? LinePattern.DenselyDashed : LinePattern.Solid;
        curve.MarkerSize = 5;
        curve.LegendText = $"{series.Name}\n{series.MidpointText}";
    }

    private static void DrawMidpoint(Plot plot, Series series)
    {
        if (series.Midpoint is not { } fit) return;
        // A ring that hides the curve behind it: a coloured disc with a white one on top.
        (double x, double y) = (Math.Log10(fit.Mu), 100 * series.HalfWay);
        plot.Add.Marker(x, y, MarkerShape.FilledCircle, size: 14, Color.FromHex(series.Look.Light));
        plot.Add.Marker(x, y, MarkerShape.FilledCircle, size: 9.5f, Colors.White);
    }

    private static double[] Logarithms(Series series) => [.. series.Points.Select(point => Math.Log10(point.Sigma))];
}
