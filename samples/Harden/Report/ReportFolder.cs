using Harden.Experiments;
using NoiseGen;
using NoiseGen.Onnx;
using NoiseGen.Storage;

namespace Harden.Report;

/// <summary>A writable folder, and what is written there.</summary>
internal sealed class ReportFolder
{
    private static readonly string[] s_report = ["curves.svg", "report.html", "results.csv", "curves.png"];
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

    /// <summary>Checks that the results of an experiment can be written, while other processes write too.</summary>
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
    public void Keep(Variant variant, NeuralNetwork network)
    {
        string[] files = FilesOf(variant);
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
        string picture = CurvesSvg.Of(result);
        WholeFile.Write(At("curves.svg"), picture);
        WholeFile.Write(At("report.html"), HtmlReport.Of(result, picture));
        WholeFile.Write(At("results.csv"), CsvReport.Of(result));
        WholeFile.Write(At("curves.png"), stream => stream.Write(CurvesPng.Of(result)));
        string sites = "";
        if (SiteFigure.Of(result) is { } figure)
        {
            WholeFile.Write(At("sites.svg"), SitesSvg.Of(figure));
            WholeFile.Write(At("sites.csv"), SitesCsv.Of(result));
            sites = ", sites.svg, sites.csv";
        }

        yield return $"Report: {Path.GetFullPath(At("report.html"))}, with curves.svg, curves.png, results.csv{sites} "
            + "and the networks beside it.";
        if (!CurvesPng.HasFonts) yield return "This machine has no fonts: curves.png has no labels (curves.svg and report.html do).";
    }

    /// <summary>Writes the page of the experiment walking-noise, and its picture.</summary>
    /// <returns>What was written.</returns>
    /// <param name="settings">The settings of the training.</param>
    /// <param name="results">The results.</param>
    /// <param name="missing">Cells of the grid that have no results.</param>
    public string WriteSites(Settings settings, ResultsFile results, int missing)
    {
        var figure = SiteFigure.Of(settings, results);
        string picture = SitesSvg.Of(figure);
        WholeFile.Write(At("walking-noise.svg"), picture);
        WholeFile.Write(At("walking-noise.html"), WalkingNoisePage.Of(settings, results, missing, figure, picture));
        return $"Report: {Path.GetFullPath(At("walking-noise.html"))}, with walking-noise.svg and walking-noise.csv beside it.";
    }

    private string At(string name) => Path.Combine(_path, name);

    private static IEnumerable<string> FilesOf(Settings settings) =>
        [.. s_report, .. settings.Sites ? s_sites : [], .. Variant.All.SelectMany(FilesOf)];

    private static string[] FilesOf(Variant variant)
    {
        string name = variant.Name.Replace(' ', '-');
        return [$"{name}.safetensors", $"{name}.onnx"];
    }

    private static IOException Refusal(string path, Exception cause) =>
        new($"The report cannot be written to '{path}': {cause.Message} Choose another folder with --out.", cause);
}
