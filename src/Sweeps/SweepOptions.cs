using System.Collections;
using System.CommandLine;
using NoiseGen.Sweeps.Running;
using System.CommandLine.Parsing;
using System.Globalization;

namespace NoiseGen.Sweeps;

/// <summary>The command-line options of a sweep, which a program adds to its own.</summary>
public sealed class SweepOptions : IEnumerable<Option>
{
    private const int MostJobs = 1024, MostAtOnce = 100_000, MostCellsPerTask = 10_000;

    private readonly Option<int> _jobs = Number(
        "--jobs", "Cells that train in parallel on this machine, each in its own process; 0 chooses jobs and threads.",
        0, MostJobs, 1);

    private readonly Option<string[]> _cell = new("--cell")
    {
        Description = "Trains only these cells: keys, or numbers in the order of the grid, from 0. Cluster tasks use it.",
        HelpName = "key|number",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _status = new("--status")
    {
        Description = "Shows which cells are done, running (and where), waiting or failed (and why), and collects the results.",
    };

    private readonly Option<string?> _submit = new("--submit")
    {
        Description = "Submits the cells that are neither done nor queued to a cluster.",
        HelpName = "slurm",
    };

    private readonly Option<string[]> _sbatch = new("--sbatch")
    {
        Description = "Options of sbatch, without their dashes, such as partition=main cpus-per-task=2 time=4:00:00.",
        HelpName = "name=value",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> _atOnce = Number(
        "--at-once", "The most tasks of a --submit that run at once; 0 for no limit.", 0, MostAtOnce, 0);

    private readonly Option<int> _cellsPerTask = Number(
        "--cells-per-task", "Cells that one task of a --submit trains, one after the other.", 1, MostCellsPerTask, 1);

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Shows what --submit would submit, and submits nothing." };

    private readonly Option<bool> _worker = new(Supervised.WorkerOption) { Hidden = true };

    /// <summary>Creates the options.</summary>
    public SweepOptions()
    {
        _submit.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var found }] && found != "slurm") result.AddError($"--submit is '{found}'; allowed is slurm.");
        });
        _sbatch.Validators.Add(result =>
        {
            foreach (Token token in result.Tokens)
            {
                if (Slurm.SlurmScript.Refusal(token.Value) is { } refusal) result.AddError(refusal);
            }
        });
    }

    /// <summary>Retries failed cells; without it they are skipped and reported.</summary>
    public Option<bool> RetryFailed { get; } = new("--retry-failed")
    {
        Description = "Retries failed cells; without it they are skipped and reported.",
    };

    /// <summary>The request of a command line without errors.</summary>
    /// <param name="result">The command line.</param>
    public SweepRequest Read(ParseResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new SweepRequest
        {
            Action = result.GetValue(_worker) ? SweepAction.Worker
                : result.GetValue(_cell) is { Length: > 0 } ? SweepAction.Cells
                : result.GetValue(_status) ? SweepAction.Status
                : result.GetValue(_submit) is not null ? SweepAction.Submit
                : SweepAction.Run,
            Jobs = result.GetValue(_jobs),
            Cells = [.. result.GetValue(_cell) ?? []],
            RetryFailed = result.GetValue(RetryFailed),
            Slurm = new()
            {
                Sbatch = [.. result.GetValue(_sbatch) ?? []],
                AtOnce = result.GetValue(_atOnce),
                CellsPerTask = result.GetValue(_cellsPerTask),
                IsDryRun = result.GetValue(_dryRun),
            },
        };
    }

    /// <summary>Refuses options without effect in the command line; a program adds it to its command's validators.</summary>
    /// <param name="command">The command.</param>
    public void RefuseWhatHasNoEffect(CommandResult command)
    {
        ArgumentNullException.ThrowIfNull(command);
        bool Is(Option option) => command.GetResult(option) is { Implicit: false };
        Option[] actions = [.. new Option[] { _cell, _status, _submit }.Where(Is)];
        if (actions.Length > 1) command.AddError($"{string.Join(" and ", actions.Select(action => action.Name))} do not go together.");
        if (actions.Length > 0 && Is(_jobs)) command.AddError($"--jobs has no effect with {actions[0].Name}.");
        if (Is(_submit)) return;
        foreach (Option option in new Option[] { _sbatch, _atOnce, _cellsPerTask, _dryRun }.Where(Is))
            command.AddError($"{option.Name} has no effect without --submit.");
    }

    /// <summary>The options.</summary>
    public IEnumerator<Option> GetEnumerator() =>
        new List<Option> { _jobs, _cell, _status, _submit, _sbatch, _atOnce, _cellsPerTask, _dryRun, RetryFailed, _worker }.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static Option<int> Number(string name, string description, int least, int most, int standard) => new(name)
    {
        Description = description,
        HelpName = "integer",
        DefaultValueFactory = _ => standard,
        CustomParser = result =>
        {
            string found = result.Tokens[0].Value;
            if (int.TryParse(found, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most)
                return value;
            result.AddError(FormattableString.Invariant($"{name} is '{found}'; allowed is a whole number from {least} to {most}."));
            return standard;
        },
    };
}
