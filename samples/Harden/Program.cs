using System.CommandLine;
using Harden;
using Harden.Experiments;
using Harden.Progress;
using Harden.Report;
using NoiseGen;
using NoiseGen.Sweeps;
using Spectre.Console;

var commandLine = new CommandLine();
ParseResult parsed = commandLine.Root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine("Harden --help shows all options.");
    return ExitCode.WrongInput;
}

if (parsed.Action is not null) return parsed.Invoke(); // --help, --version

using var interruption = new Interruption();
try
{
    Settings settings = commandLine.Read(parsed);
    var folder = ReportFolder.Open(settings.Output);
    IAnsiConsole console = Terminal.Console();
    if (commandLine.ReadExperiment(parsed) is { } experiment)
        return new ExperimentCommand(settings, experiment, commandLine.ReadSweep(parsed), folder, new(() => Job.Load(settings)), console)
            .Run(interruption);

    using IDisposable reserved = folder.Reserve(settings);
    Unfinished variants = folder.Unfinished(settings);
    DataSplit data = Job.Load(settings);
    JobResult result = Terminal.Show(
        console, progress => new Job(settings, data, progress, interruption.Token) { Keep = folder.Keep, Unfinished = variants }.Run());
    console.Write(ResultTable.Of(result).ToConsole());
    foreach (string line in folder.Write(result)) console.WriteLine(line);
    variants.Remove();
    return ExitCode.Success;
}
catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
{
    Console.Error.WriteLine("Interrupted after a whole step. Nothing is lost: the same command continues from there.");
    return interruption.ExitCode;
}
catch (ResultsFileException exception)
{
    Console.Error.WriteLine(exception.Message);
    return ExitCode.WrongInput;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TrainingDivergedException)
{
    Console.Error.WriteLine(exception.Message);
    return ExitCode.Failure;
}
