using System.Text;
using Harden.Experiments;
using NoiseGen;
using NoiseGen.Onnx;

namespace Harden.Report;

/// <summary>A folder that can be written to, and what is written there.</summary>
internal sealed class ReportFolder
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly string _path;

    private ReportFolder(string path) => _path = path;

    /// <summary>Makes the folder and tries to write to it, so that a mistake shows before the training and not after it.</summary>
    /// <exception cref="IOException">It cannot be made or written to.</exception>
    public static ReportFolder Open(string path)
    {
        string probe = Path.Combine(path, ".harden-" + Environment.ProcessId);
        try
        {
            Directory.CreateDirectory(path);
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new IOException($"The report cannot be written to '{path}': {exception.Message} Choose another folder with --out.", exception);
        }

        return new ReportFolder(path);
    }

    /// <summary>Keeps a trained network: <c>quantized-and-noisy.safetensors</c>, say, for this library and <c>quantized-and-noisy.onnx</c> for others.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Keep(Variant variant, NeuralNetwork network)
    {
        string name = variant.Name.Replace(' ', '-');
        network.Save(At($"{name}.safetensors"));
        network.ExportOnnx(At($"{name}.onnx"));
    }

    /// <summary>The results of an experiment, those of an earlier run included.</summary>
    /// <exception cref="IOException">There is a file of this name that is something else.</exception>
    public ResultsFile Results(Settings settings, string experiment) => new(At($"{experiment}.csv"), settings, experiment);

    /// <summary>Where trainings stand that are not finished.</summary>
    /// <param name="settings">What they depend on.</param>
    /// <param name="experiment">Name of the experiment that they belong to; null for the four ways.</param>
    /// <exception cref="IOException">There are those of another run.</exception>
    public Unfinished Unfinished(Settings settings, string? experiment = null) => Harden.Unfinished.Open(At(experiment is null ? "unfinished" : $"unfinished-{experiment}"), settings);

    /// <summary>Writes the report.</summary>
    /// <returns>What was written, and what its reader should know.</returns>
    public IEnumerable<string> Write(JobResult result)
    {
        string picture = CurvesSvg.Of(result);
        File.WriteAllText(At("curves.svg"), picture, Utf8);
        File.WriteAllText(At("report.html"), HtmlReport.Of(result, picture), Utf8);
        File.WriteAllText(At("results.csv"), CsvReport.Of(result), Utf8);
        CurvesPng.Save(result, At("curves.png"));
        string sites = "";
        if (SiteFigure.Of(result) is { } figure)
        {
            File.WriteAllText(At("sites.svg"), SitesSvg.Of(figure), Utf8);
            File.WriteAllText(At("sites.csv"), SitesCsv.Of(result), Utf8);
            sites = ", sites.svg, sites.csv";
        }

        yield return $"Report: {Path.GetFullPath(At("report.html"))}, with curves.svg, curves.png, results.csv{sites} and the networks beside it.";
        if (!CurvesPng.HasFonts) yield return "This machine has no fonts: curves.png has no labels (curves.svg and report.html do).";
    }

    /// <summary>Writes the page of the experiment walking-noise, and its picture.</summary>
    /// <returns>What was written.</returns>
    public string WriteSites(Settings settings, ResultsFile results)
    {
        var figure = SiteFigure.Of(settings, results);
        string picture = SitesSvg.Of(figure);
        File.WriteAllText(At("walking-noise.svg"), picture, Utf8);
        File.WriteAllText(At("walking-noise.html"), WalkingNoisePage.Of(settings, results, figure, picture), Utf8);
        return $"Report: {Path.GetFullPath(At("walking-noise.html"))}, with walking-noise.svg and walking-noise.csv beside it.";
    }

    private string At(string name) => Path.Combine(_path, name);
}
