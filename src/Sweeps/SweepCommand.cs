using System.CommandLine;
using NoiseGen.Sweeps.Running;

namespace NoiseGen.Sweeps;

/// <summary>The command line of a program that runs a sweep and has no further options.</summary>
internal static class SweepCommand
{
    /// <returns>The program's exit code.</returns>
    public static int Run(string[] arguments, Sweep sweep)
    {
        var options = new SweepOptions();
        Option<string> output = new("--out")
        {
            Description = "Folder for the results.",
            HelpName = "folder",
            DefaultValueFactory = _ => "out",
        };
        Option<int> threads = SweepOptions.Number(
            "--threads", "Threads of each network; 0 for the processors divided by --jobs. The results do not depend on it.", 0,
            WorkShare.MostThreads, 0);
        var root = new RootCommand(
            "Trains the networks of a grid, and resumes where it stopped. "
            + FormattableString.Invariant($"Exit codes: {SweepExitCode.Done} done, {SweepExitCode.Failed} a cell or a file failed, ")
            + FormattableString.Invariant($"{SweepExitCode.WrongInput} a wrong option, ")
            + FormattableString.Invariant(
                $"{SweepExitCode.PutOff} postponed or held by another process, {SweepExitCode.Interrupted} interrupted by Ctrl-C."))
        {
            output, threads,
        };
        foreach (Option option in options) root.Add(option);
        root.Validators.Add(options.RefuseWhatHasNoEffect);
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
            return SweepExitCode.WrongInput;
        }

        if (parsed.Action is not null) return parsed.Invoke(); // --help, --version
        return Run(sweep, options.Read(parsed) with { Output = parsed.GetValue(output)!, Threads = parsed.GetValue(threads) });
    }

    private static int Run(Sweep sweep, SweepRequest request)
    {
        using var interruption = new Interruption();
        try
        {
            return sweep.WithArguments(["--out", Path.GetFullPath(request.Output)]).Run(request, interruption);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(exception.Message);
            return SweepExitCode.Failed;
        }
    }
}
