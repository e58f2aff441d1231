using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using Harden;
using Harden.Experiments;
using Harden.Progress;
using Harden.Report;
using NoiseGen;
using NoiseGen.Sweeps;
using Spectre.Console;

var clock = Stopwatch.StartNew();
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
    if (commandLine.ReadComparison(parsed) is { IsEmpty: false } runs) return Compare(runs);
    if (commandLine.ReadEvaluation(parsed) is { IsEmpty: false } files) return Evaluate(files);
    return commandLine.ReadExperiment(parsed) is { } experiment ? RunExperiment(experiment) : RunFourWays();

    int RunFourWays()
    {
        folder.KeepFinished(ReportFolder.MainPage, commandLine.ReadForce(parsed));
        using IDisposable reserved = folder.Reserve(settings);
        Unfinished variants = folder.Unfinished(settings);
        IAnsiConsole console = Terminal.Console();
        Terminal.Tell(FirstLine.Of(settings));
        DataSplit data = Job.Load(settings);
        JobResult result = Terminal.Show(console, progress => new Job(settings, data, progress, interruption.Token)
        {
            Keep = (variant, seed, network) => folder.Keep(settings, variant, seed, network),
            Unfinished = variants,
        }.Run()) with { Provenance = Provenance() };
        ResultTable table = ResultTable.Of(result, console.Profile.Width);
        console.Write(table.ToConsole());
        foreach (string note in table.Notes) console.WriteLine(note);
        Tell(folder.Write(result));
        variants.Remove();
        return ExitCode.Success;
    }

    int RunExperiment(ExperimentSettings experiment)
    {
        SweepRequest request = commandLine.ReadSweep(parsed);
        return new ExperimentCommand(settings, experiment, request, folder, new(() => Job.Load(settings)), Terminal.Console(), Provenance)
            .Run(interruption);
    }

    int Evaluate(ImmutableArray<string> files)
    {
        folder.KeepFinished(ReportFolder.EvaluationPage, commandLine.ReadForce(parsed));
        Terminal.Tell(FirstLine.Of(settings, files));
        ImmutableArray<MeasuredFile> measured = new Evaluation(settings, files, Console.Out, interruption.Token).Run(Job.Load(settings));
        Terminal.Tell(new RobustnessCurves([.. measured.Select(one => one.Curve)]).ToString().TrimEnd());
        Tell(folder.Write(settings, measured, Provenance()));
        return ExitCode.Success;
    }

    int Compare(ImmutableArray<string> runs)
    {
        folder.KeepFinished(ReportFolder.ComparisonPage, commandLine.ReadForce(parsed));
        ImmutableArray<RobustnessCurve> curves = [.. runs.SelectMany(run => EarlierRun.Read(run))];
        Terminal.Tell(new RobustnessCurves(curves).ToString().TrimEnd());
        Tell(folder.Write(curves, Provenance()));
        return ExitCode.Success;
    }
}
catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
{
    Console.Error.WriteLine("Interrupted after a whole step. The same command continues from there.");
    return interruption.ExitCode;
}
catch (Exception exception) when (exception is ResultsFileException or FinishedRunException)
{
    Console.Error.WriteLine(exception.Message);
    return ExitCode.WrongInput;
}
catch (Exception exception) when (
    exception is IOException or UnauthorizedAccessException or TrainingDivergedException or CheckpointException)
{
    Console.Error.WriteLine(exception.Message);
    return ExitCode.Failure;
}

Provenance Provenance() => Harden.Provenance.Of(args, clock.Elapsed);

static void Tell(IEnumerable<string> lines)
{
    foreach (string line in lines) Terminal.Tell(line);
}
