using System.Diagnostics;

namespace NoiseGen.Sweeps.Tests.Slurm;

/// <summary>
/// Cells as tasks of a real SLURM that disturbs them: the results have the same bytes as an undisturbed run.
/// </summary>
public sealed class SlurmTests : IDisposable
{
    private static readonly string[] s_submit = ["--submit", "slurm", "--sbatch", "partition=main", "time=10"];

    private readonly SweepProgram _program = new();

    public void Dispose() => _program.Dispose();

    /// <summary>
    /// Arrays in chunks, a task whose time is up, tasks whose nodes are reclaimed, a killed task, a failing cell,
    /// and repeated submissions.
    /// </summary>
    [SlurmFact]
    public void Arrays_that_are_disturbed_end_with_the_same_bytes()
    {
        const int Cells = 12;
        string whole = Undisturbed(Cells);
        using var cluster = new LocalCluster(arraySize: 5);
        string slow = Path.Combine(_program.Folder, "slow");
        File.WriteAllText(slow, "");
        _program.With("SWEEP_CELLS", Cells).With("SWEEP_PAUSE", 1500).With("SWEEP_SLOW", slow).With("SWEEP_FAILS", 9);
        string submitted = AssertRun(s_submit, SweepExitCode.Done, "12 cells: 12 waiting.", "12 cells were submitted.");
        Assert.Equal(3, submitted.Split('\n').Count(line => line.EndsWith(": 4 tasks.", StringComparison.Ordinal)));
        AssertRun(s_submit, SweepExitCode.Done, "Nothing is left to submit.");

        _program.WaitFor("training.safetensors");
        Thread.Sleep(2000); // a step or two
        TimeIsUp(LocalCluster.Tasks("R")[0]);
        TakeNodesAway();
        string killed = KillAProgram();
        File.Delete(slow);
        LocalCluster.WaitUntilDone();
        AssertRun(["--status"], SweepExitCode.PutOff, "12 cells: 10 done, 1 failed, 1 waiting.", "asked", killed);

        _program.With("SWEEP_FAILS", -1);
        AssertRun([.. s_submit, "--retry-failed", "--cells-per-task", "2"], SweepExitCode.Done, ": 1 tasks.", "2 cells were submitted.");
        LocalCluster.WaitUntilDone();
        AssertRun(["--status"], SweepExitCode.Done, "12 cells: 12 done.");
        Assert.Equal(whole, File.ReadAllText(_program.Merged));
        Assert.Equal(Cells, _program.Names().Length);
    }

    /// <summary>A node dies with everything on it: SLURM notices after a while, and its task runs on the other node.</summary>
    [LongSlurmFact]
    public void A_node_that_dies_loses_nothing()
    {
        const int Cells = 4;
        string whole = Undisturbed(Cells);
        using var cluster = new LocalCluster(arraySize: 1001);
        _program.With("SWEEP_CELLS", Cells).With("SWEEP_PAUSE", 500);
        AssertRun(s_submit, SweepExitCode.Done, "4 cells were submitted.");
        _program.WaitFor("training.safetensors");
        cluster.KillNode("n1");
        LocalCluster.WaitUntilDone();
        AssertRun(["--status"], SweepExitCode.Done, "4 cells: 4 done.");
        Assert.Equal(whole, File.ReadAllText(_program.Merged));
    }

    /// <summary>A time limit that is too short for the training: SLURM sends USR1 again and again.</summary>
    [LongSlurmFact]
    public void A_time_limit_puts_a_task_off()
    {
        string whole = Undisturbed(1);
        using var cluster = new LocalCluster(arraySize: 1001);
        _program.With("SWEEP_CELLS", 1).With("SWEEP_PAUSE", 30_000);
        AssertRun(["--submit", "slurm", "--sbatch", "time=2"], SweepExitCode.Done, "1 cells were submitted.");
        LocalCluster.WaitUntilDone();
        AssertRun(["--status"], SweepExitCode.Done, "1 cells: 1 done.");
        Assert.Equal(whole, File.ReadAllText(_program.Merged));
        Assert.Contains(Directory.EnumerateFiles(Path.Combine(_program.Cells, "log"))
            .Select(File.ReadAllText), log => log.Contains("DUE TO JOB REQUEUE", StringComparison.Ordinal));
    }

    /// <summary>Many cells in chunks, several to a task, while submitting processes and tasks are killed.</summary>
    [LongSlurmFact]
    public void Five_hundred_cells_end_with_the_same_bytes_whatever_is_killed()
    {
        const int Cells = 500, Kills = 30;
        string whole = Undisturbed(Cells);
        using var cluster = new LocalCluster(arraySize: 21);
        var random = new Random(1);
        _program.With("SWEEP_CELLS", Cells).With("SWEEP_PAUSE", 100);
        int kills = 0;
        do
        {
            Process submitting = _program.Start([.. s_submit, "--cells-per-task", "5"]);
            if (kills < 5 && !submitting.WaitForExit(random.Next(300, 1500)))
            {
                submitting.Kill();
                kills++;
            }

            SweepProgram.End(submitting);
            for (int i = 0; i < 6 && kills < Kills && LocalCluster.Tasks("R,PD").Length > 0;)
            {
                Thread.Sleep(random.Next(200, 2000));
                if (!_program.Holders().Any(SweepProgram.TryKill)) continue; // some were killed earlier
                (kills, i) = (kills + 1, i + 1);
            }

            if (kills >= Kills) LocalCluster.WaitUntilDone();
        }
        while (_program.Run("--status").Code == SweepExitCode.PutOff);

        Assert.Equal(Kills, kills);
        AssertRun(["--status"], SweepExitCode.Done, "500 cells: 500 done.");
        Assert.Equal(whole, File.ReadAllText(_program.Merged));
        Assert.Equal(Cells, _program.Names().Length);
    }

    private static string Undisturbed(int cells)
    {
        using SweepProgram program = new SweepProgram().With("SWEEP_CELLS", cells);
        Assert.Equal(SweepExitCode.Done, program.Run().Code);
        return File.ReadAllText(program.Merged);
    }

    // Sends the signal of the last minute early; SLURM requeues the task as its script requests.
    private static void TimeIsUp(string task)
    {
        // scancel tries for two minutes to signal a task that has been requeued before it gets an answer.
        LocalCluster.Run("timeout", "3", "scancel", "--signal=USR1", "--batch", task);
        Assert.True(
            SpinWait.SpinUntil(() => LocalCluster.Run("squeue", "--noheader", "--array", "--states=PD", "--format=%F_%K %r")
                .Contains($"{task} BeginTime"), TimeSpan.FromMinutes(1)),
            $"{task} was not queued again: {string.Join('\n', LocalCluster.Run("squeue", "--array"))}");
    }

    // A job that runs before ours, on both nodes.
    private static void TakeNodesAway()
    {
        string job =
            LocalCluster.Run("sbatch", "--parsable", "--partition=urgent", "--ntasks=2", "--output=/dev/null", "--wrap=sleep 1")[0];
        bool IsOver() =>
            LocalCluster.Run("scontrol", "show", "job", job).Any(line => line.Contains("JobState=COMPLETED", StringComparison.Ordinal));
        Assert.True(SpinWait.SpinUntil(IsOver, TimeSpan.FromMinutes(2)), "The urgent job did not come to its end.");
        string[] again = LocalCluster.Run("squeue", "--noheader", "--array", "--states=PD", "--format=%F_%K %r");
        Assert.True(again.Count(line => line.EndsWith(" BeginTime", StringComparison.Ordinal)) >= 2, string.Join('\n', again));
    }

    private string KillAProgram()
    {
        while (true)
        {
            foreach (string file in Directory.EnumerateFiles(_program.Cells, "*.lock"))
            {
                if (SweepProgram.TryKill(SweepProgram.HolderOf(file) ?? 0)) return Path.GetFileNameWithoutExtension(file);
            }

            Thread.Sleep(100);
        }
    }

    private string AssertRun(string[] arguments, int code, params string[] parts)
    {
        (int found, string output, string error) = _program.Run(arguments);
        Assert.Equal((code, ""), (found, error));
        Assert.All(parts, part => Assert.Contains(part, output, StringComparison.Ordinal));
        return output;
    }
}
