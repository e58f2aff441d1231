using System.CommandLine;
using System.Globalization;
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

using var interruption = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    interruption.Cancel();
};

try
{
    Settings settings = commandLine.Read(parsed);
    var folder = ReportFolder.Open(settings.Output);
    DataSplit data = Job.Load(settings);
    IAnsiConsole console = Terminal.Console();
    if (commandLine.ReadExperiment(parsed) is { } experiment)
    {
        ResultsFile results = folder.Results(settings, CommandLine.Name(experiment.Choice));
        new ExperimentRun(
            settings, experiment, data, results,
            (cell, done, all) => console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done}/{all} {cell.Variant} σ {cell.Sigma} bits {cell.Bits} scale {cell.Scale} seed {cell.Seed}")),
            interruption.Token).Run();
        console.Write(ExperimentTable.Of(results));
        if (ExperimentTable.MidpointAtOwnNoise(results) is { } midpoint) console.WriteLine($"With a network for each σ, tested at it: µ = {midpoint}");
        return Success;
    }

    JobResult result = Terminal.Show(console, progress => new Job(settings, data, progress, interruption.Token) { Keep = folder.Keep }.Run());
    console.Write(ResultTable.Of(result).ToConsole());
    foreach (string line in folder.Write(result)) console.WriteLine(line);
    return Success;
}
catch (OperationCanceledException) when (interruption.IsCancellationRequested)
{
    Console.Error.WriteLine("Interrupted: there is no report; what was finished by then is in its folder.");
    return Interrupted;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TrainingDivergedException)
{
    Console.Error.WriteLine(exception.Message);
    return Failure;
}
