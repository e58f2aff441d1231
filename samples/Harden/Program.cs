using System.CommandLine;
using Harden;
using Harden.Experiments;
using Harden.Progress;
using Harden.Report;
using NoiseGen;
using Spectre.Console;

const int Success = 0, Failure = 1, WrongUsage = 2, Interrupted = 130; // 128 + SIGINT, as shells report it

var commandLine = new CommandLine();
ParseResult parsed = commandLine.Root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine("Harden --help shows all options.");
    return WrongUsage;
}

if (parsed.Action is not null) return parsed.Invoke(); // --help, --version

using var interruption = new Interruption();
try
{
    Settings settings = commandLine.Read(parsed);
    var folder = ReportFolder.Open(settings.Output);
    DataSplit data = Job.Load(settings);
    IAnsiConsole console = Terminal.Console();
    if (commandLine.ReadExperiment(parsed) is { } experiment)
    {
        string name = CommandLine.Name(experiment.Choice);
        ResultsFile results = folder.Results(settings, name);
        Unfinished cells = folder.Unfinished(settings, name);
        var progress = new ExperimentProgress(console.WriteLine);
        new ExperimentRun(settings, experiment, data, results, progress.Finished, interruption.Token) { Unfinished = cells, Trained = progress.Trained }.Run();
        cells.Remove();
        console.Write(ExperimentTable.Of(results));
        if (ExperimentTable.MidpointAtOwnNoise(results, data.Test) is { } own) console.WriteLine($"With a network for each σ, tested at it: {own}");
        if (experiment.Choice == ExperimentChoice.WalkingNoise) console.WriteLine(folder.WriteSites(settings, results));
        return Success;
    }

    Unfinished variants = folder.Unfinished(settings);
    JobResult result = Terminal.Show(console, progress => new Job(settings, data, progress, interruption.Token) { Keep = folder.Keep, Unfinished = variants }.Run());
    console.Write(ResultTable.Of(result).ToConsole());
    foreach (string line in folder.Write(result)) console.WriteLine(line);
    variants.Remove();
    return Success;
}
catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
{
    Console.Error.WriteLine("Interrupted after a whole step. Nothing is lost: the same command goes on from there.");
    return Interrupted;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TrainingDivergedException)
{
    Console.Error.WriteLine(exception.Message);
    return Failure;
}
