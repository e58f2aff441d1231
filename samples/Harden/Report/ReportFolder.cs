using System.Collections.Immutable;
using Harden.Experiments;
using NoiseGen;
using NoiseGen.Onnx;
using NoiseGen.Storage;

namespace Harden.Report;

/// <summary>A writable folder, and what is written there.</summary>
internal sealed class ReportFolder
{
    /// <summary>The page that a finished run has.</summary>
    public const string MainPage = "report.html", EvaluationPage = "evaluation.html", ComparisonPage = "comparison.html";

    private static readonly string[] s_report = ["curves.svg", MainPage, "results.csv", "curves.png"];
    private static readonly string[] s_sites = ["sites.svg", "sites.csv"];

    private readonly string _path;

    private ReportFolder(string path) => _path = path;

    /// <summary>Creates the folder.</summary>
    /// <exception cref="IOException">It cannot be created.</exception>
    public static ReportFolder Open(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Refusal(path, exception);
        }

        return new ReportFolder(path);
    }

    /// <summary>
    /// Reserves the folder for a piece of work, and checks that its files can be written,
    /// so that a mistake shows before the training, not after it.
    /// </summary>
    /// <param name="settings">The settings.</param>
    /// <returns>The reservation, which holds the folder until it is disposed.</returns>
    /// <exception cref="IOException">A file cannot be written, or another process is doing the same work.</exception>
    public IDisposable Reserve(Settings settings)
    {
        FileLock? held = null;
        try
        {
            held = FileLock.TryTake(At(".report.lock"))
                ?? throw new IOException("Another process is doing the same work there: wait until it has ended.");
            foreach (string name in FilesOf(settings)) WholeFile.Check(At(name));
            return held;
        }
        catch (IOException exception)
        {
            held?.Dispose();
            throw Refusal(_path, exception);
        }
    }

    /// <summary>Refuses to take the place of a finished run, of which nothing is to get lost.</summary>
    /// <param name="page">The page that it has if it is finished.</param>
    /// <param name="force">Whether that is what is wanted.</param>
    /// <exception cref="FinishedRunException">There is one.</exception>
    public void KeepFinished(string page, bool force)
    {
        if (!File.Exists(At(page)) || force || Harden.Unfinished.IsAt(At("unfinished"))) return;
        throw new FinishedRunException(
            $"{_path} has a finished run ({page}). Choose another folder with --out, or replace it with --force.");
    }

    /// <summary>Finds out whether the results of an experiment can be written, beside other processes that do.</summary>
    /// <param name="experiment">Its name.</param>
    /// <exception cref="IOException">They cannot be written.</exception>
    public void Check(string experiment)
    {
        try
        {
            WholeFile.CheckPublish(At($"{experiment}.csv"));
        }
        catch (IOException exception)
        {
            throw Refusal(_path, exception);
        }
    }

    /// <summary>
    /// Saves a trained network: for example <c>quantized-and-noisy.safetensors</c> for this library,
    /// and <c>quantized-and-noisy.onnx</c> for others.
    /// </summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Keep(Settings settings, Variant variant, ulong seed, NeuralNetwork network)
    {
        string[] files = FilesOf(settings, variant, seed);
        network.Save(At(files[0]));
        network.ExportOnnx(At(files[1]));
    }

    /// <summary>The results of all finished cells of an experiment.</summary>
    /// <exception cref="IOException">A file of this name is something else.</exception>
    public ResultsFile Results(Settings settings, string experiment) => new(At($"{experiment}.csv"), settings, experiment);

    /// <summary>The state of unfinished trainings of the four variants.</summary>
    /// <param name="settings">The settings that they depend on.</param>
    /// <exception cref="IOException">There is the state of a different run.</exception>
    public Unfinished Unfinished(Settings settings) => Harden.Unfinished.Open(At("unfinished"), settings);

    /// <summary>Writes the report.</summary>
    /// <returns>What was written, and notes for its reader.</returns>
    public IEnumerable<string> Write(JobResult result)
    {
        var curves = Figure.Of(result);
        string picture = CurvesSvg.Of(curves);
        SiteFigure? sites = SiteFigure.Of(result);
        string[] beside = [.. FilesOf(result.Settings).Where(name => name != MainPage)];
        WholeFile.Write(At("curves.svg"), picture);
        WholeFile.Write(At("results.csv"), CsvReport.Of(result));
        WholeFile.Write(At("curves.png"), stream => stream.Write(CurvesPng.Of(curves)));
        if (sites is not null)
        {
            WholeFile.Write(At("sites.svg"), SitesSvg.Of(sites));
            WholeFile.Write(At("sites.csv"), SitesCsv.Of(result));
        }

        WholeFile.Write(At(MainPage), HtmlReport.Of(result, picture, beside)); // the last: where it is, all is
        return Told(MainPage, $"curves.svg, curves.png, results.csv{(sites is null ? "" : ", sites.svg, sites.csv")} and the networks");
    }

    /// <summary>Writes the page of an experiment, and its picture.</summary>
    /// <returns>What was written.</returns>
    /// <param name="settings">What was trained.</param>
    /// <param name="experiment">Which experiment.</param>
    /// <param name="results">What came of it.</param>
    /// <param name="missing">Cells of the grid that have no results.</param>
    /// <param name="table">Its table.</param>
    /// <param name="ownNoise">The midpoint at the networks' own noise; null where there is none.</param>
    /// <param name="provenance">Where it comes from.</param>
    public IEnumerable<string> Write(
        Settings settings, ExperimentChoice experiment, ResultsFile results, int missing, ExperimentTable table, string? ownNoise,
        Provenance provenance)
    {
        // Other processes may be at the same experiment, and show it as well.
        string name = CommandLine.Name(experiment);
        string[] files = [$"{name}.svg", $"{name}.csv"];
        if (experiment == ExperimentChoice.WalkingNoise)
        {
            var sites = SiteFigure.Of(settings, results);
            string panels = SitesSvg.Of(sites);
            WholeFile.Publish(At(files[0]), panels);
            WholeFile.Publish(At($"{name}.html"), WalkingNoisePage.Of(settings, results, missing, sites, panels, files, provenance));
            return Told($"{name}.html", string.Join(", ", files));
        }

        ExperimentFigure? figure = ExperimentFigure.Of(settings, experiment, results);
        string picture = figure is null ? "" : ExperimentSvg.Of(figure);
        if (figure is null) files = files[1..];
        else WholeFile.Publish(At(files[0]), picture);
        WholeFile.Publish(
            At($"{name}.html"),
            ExperimentPage.Of(settings, experiment, results, missing, table, figure, picture, ownNoise, files, provenance));
        return Told($"{name}.html", string.Join(", ", files));
    }

    /// <summary>Writes the page about networks from files.</summary>
    /// <returns>What was written.</returns>
    public IEnumerable<string> Write(Settings settings, ImmutableArray<MeasuredFile> measured, Provenance provenance)
    {
        var figure = Figure.Of(
            $"{Figure.TitleOf(settings.Network)} on {Figure.TitleOf(settings.Data)}: accuracy under noise",
            [.. measured.Select((one, i) => Series.Of(one.Curve, Look.At(i)))]);
        WholeFile.Write(At("evaluation.csv"), CsvReport.Of(settings, measured));
        SiteFigure? sites = SiteFigure.Of(settings, measured);
        return WritePage(
            EvaluationPage, $"{Figure.TitleOf(settings.Network)} on {Figure.TitleOf(settings.Data)}, from files",
            "Networks whose weights are in files, measured and not trained: accuracy on the test images by the noise in evaluation.",
            figure, sites, ["evaluation.csv"], provenance);
    }

    /// <summary>Writes the page about earlier runs.</summary>
    /// <returns>What was written.</returns>
    public IEnumerable<string> Write(ImmutableArray<RobustnessCurve> curves, Provenance provenance)
    {
        var figure = Figure.Of("Accuracy under noise", [.. curves.Select((curve, i) => Series.Of(curve, Look.At(i)))]);
        return WritePage(
            ComparisonPage, "Runs compared",
            "The results of earlier runs in one picture. Only what was measured on the same data can be compared.", figure, null, [],
            provenance);
    }

    private IEnumerable<string> WritePage(
        string page, string title, string lead, Figure figure, SiteFigure? sites, string[] files, Provenance provenance)
    {
        string name = Path.GetFileNameWithoutExtension(page), picture = CurvesSvg.Of(figure);
        WholeFile.Write(At($"{name}.svg"), picture);
        WholeFile.Write(At($"{name}.png"), stream => stream.Write(CurvesPng.Of(figure)));
        string[] beside = [$"{name}.svg", $"{name}.png", .. files];
        WholeFile.Write(At(page), CurvesPage.Of(title, lead, figure, picture, sites, beside, provenance));
        return Told(page, string.Join(", ", beside));
    }

    // Short lines, which a terminal of 80 columns does not fold.
    private IEnumerable<string> Told(string page, string beside)
    {
        yield return $"Report: {Path.GetFullPath(At(page))}";
        yield return $"Beside: {beside}";
        if (!CurvesPng.HasFonts) yield return "This machine has no fonts: pictures in PNG have no labels (those in SVG do).";
    }

    private string At(string name) => Path.Combine(_path, name);

    private static IEnumerable<string> FilesOf(Settings settings) =>
    [
        .. s_report, .. settings.Sites ? s_sites : [],
        .. Variant.All.SelectMany(variant => settings.AllSeeds.SelectMany(seed => FilesOf(settings, variant, seed))),
    ];

    private static string[] FilesOf(Settings settings, Variant variant, ulong seed)
    {
        string name = Job.NameOf(settings, variant, seed);
        return [$"{name}.safetensors", $"{name}.onnx"];
    }

    private static IOException Refusal(string path, Exception cause) =>
        new($"The report cannot be written to '{path}': {cause.Message} Choose another folder with --out.", cause);
}

/// <summary>A finished run is in the way.</summary>
internal sealed class FinishedRunException(string message) : IOException(message);
