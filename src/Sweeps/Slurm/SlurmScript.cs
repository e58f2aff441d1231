using System.Text.RegularExpressions;
using NoiseGen.Sweeps.Cells;

namespace NoiseGen.Sweeps.Slurm;

/// <summary>The script of an array's tasks.</summary>
internal static partial class SlurmScript
{
    // Options that the script depends on.
    private static readonly string[] s_own =
        ["array", "job-name", "output", "open-mode", "signal", "requeue", "no-requeue", "wrap", "parsable"];

    /// <summary>Why an option cannot be passed to sbatch; null if it can.</summary>
    public static string? Refusal(string option)
    {
        if (!Allowed().IsMatch(option))
            return $"--sbatch is '{option}'; allowed are options of sbatch without their dashes, such as partition=main.";
        string name = option.Split('=')[0];
        return s_own.Contains(name) ? $"--sbatch is '{option}'; the sweep sets {name} itself." : null;
    }

    /// <summary>The script.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="tasks">A file with one line per task: the keys of its cells.</param>
    /// <param name="command">The command that trains the cells whose keys follow.</param>
    /// <param name="slurm">Options of sbatch.</param>
    public static string Of(SweepGrid sweep, CellFolder folder, string tasks, IEnumerable<string> command, SlurmRequest slurm) => $$"""
        #!/bin/bash
        # Trains cells of the sweep {{sweep.Name}}: a task of the array for each line of the file below, which has the keys of its cells.
        # SLURM keeps a copy when it is submitted: what is changed here changes nothing of what is queued. jobs.txt has the commands.
        #SBATCH --output={{folder.LogFolder}}/%A_%a.log
        #SBATCH --open-mode=append
        #SBATCH --requeue
        #SBATCH --signal=B:USR1@60
        {{string.Concat(slurm.Sbatch.Select(option => $"#SBATCH --{option}\n"))}}
        cd {{Quoted(Environment.CurrentDirectory)}} || exit 1
        read -ra cells < <(sed -n "$(($1 + SLURM_ARRAY_TASK_ID))p" {{Quoted(tasks)}})

        # USR1 arrives a minute before the time limit, TERM when SLURM reclaims the node. Both are passed on to the program, which
        # saves its state and ends with {{SweepExitCode.PutOff}}.
        again=no program=
        trap 'again=yes; [ -n "$program" ] && kill -USR1 "$program" 2> /dev/null' USR1
        trap '[ -n "$program" ] && kill -TERM "$program" 2> /dev/null' TERM
        {{string.Join(' ', command.Select(Quoted))}} --threads "${SLURM_CPUS_PER_TASK:-1}" --cell "${cells[@]}" &
        program=$!
        wait "$program"; status=$?
        while kill -0 "$program" 2> /dev/null; do wait "$program"; status=$?; done # a signal ends only the wait

        # Exit code {{SweepExitCode.Failed}}: the training made no progress, or was requeued {{ClusterJob.MostRestarts}} times already.
        # It is not requeued again.
        if [ "$again" = yes ] && [ "$status" = {{SweepExitCode.PutOff}} ]; then
          scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}" && sleep 60 # until SLURM ends this shell
        fi
        exit "$status"

        """.ReplaceLineEndings("\n");

    /// <summary>A word quoted for a shell.</summary>
    public static string Quoted(string word) => Plain().IsMatch(word) ? word : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"\A[a-z][a-z0-9-]*(=[^\r\n]+)?\z")]
    private static partial Regex Allowed();

    [GeneratedRegex(@"\A[A-Za-z0-9_./=,:@%+-]+\z")]
    private static partial Regex Plain();
}
