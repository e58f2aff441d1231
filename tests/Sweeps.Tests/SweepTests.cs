using System.Diagnostics;

namespace NoiseGen.Sweeps.Tests;

/// <summary>
/// A user's program that runs a sweep: in one process, in parallel, cell by cell, killed and stopped. It always ends with the same bytes.
/// </summary>
public sealed class SweepTests(SweepTests.Undisturbed undisturbed) : IClassFixture<SweepTests.Undisturbed>, IDisposable
{
    private readonly SweepProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public void Side_by_side_gives_the_same_bytes()
    {
        (int code, string output, string error) = _program.Run("--jobs", "3", "--threads", "1");
        Assert.Equal((SweepExitCode.Done, ""), (code, error));
        Assert.Contains("6/6 sigma=", output, StringComparison.Ordinal);
        AssertWhole();
    }

    /// <summary>
    /// As called by Kubernetes, HTCondor and GNU parallel: in any order, by number and by key; the last process merges the results.
    /// </summary>
    [Fact]
    public void Cell_by_cell_gives_the_same_bytes()
    {
        Assert.Equal((SweepExitCode.Done, ""), CodeAndError(_program.Run("--cell", "4", "2", "0")));
        Assert.False(File.Exists(_program.Merged));
        Assert.Equal((SweepExitCode.Done, ""), CodeAndError(_program.Run("--cell", "sigma=0.25,seed=1", "sigma=0.25,seed=3")));
        Assert.Equal((SweepExitCode.PutOff, ""), CodeAndError(_program.Run("--status")));
        Assert.Equal((SweepExitCode.Done, ""), CodeAndError(_program.Run("--cell", "5")));
        AssertWhole();
        Assert.Equal((SweepExitCode.Done, ""), CodeAndError(_program.Run("--status")));
    }

    [Theory]
    [InlineData("--cell 6", "--cell is '6'; allowed are the keys of the grid's cells, and their numbers from 0 to 5.")]
    [InlineData("--cell sigma=1", "--cell is 'sigma=1'; allowed are")]
    [InlineData("--cell 1 --status", "--cell and --status do not go together.")]
    [InlineData("--status --jobs 2", "--jobs has no effect with --status.")]
    [InlineData("--jobs -1", "--jobs is '-1'; allowed is a whole number from 0 to 1024.")]
    [InlineData("--submit pbs", "--submit is 'pbs'; allowed is slurm.")]
    [InlineData("--dry-run", "--dry-run has no effect without --submit.")]
    [InlineData("--submit slurm --sbatch array=1-5", "--sbatch is 'array=1-5'; the sweep sets array itself.")]
    [InlineData("--submit slurm --sbatch --time=1", "--time=1")]
    [InlineData("--submit slurm --sbatch TIME=1",
        "--sbatch is 'TIME=1'; allowed are options of sbatch without their dashes, such as partition=main.")]
    public void A_wrong_option_is_named_with_what_is_allowed(string arguments, string message)
    {
        (int code, _, string error) = _program.Run(arguments.Split(' '));
        Assert.Equal(SweepExitCode.WrongInput, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_that_fails_leaves_the_others_alone_and_is_tried_again_on_request()
    {
        _program.With("SWEEP_FAILS", 2);
        (int code, string output, _) = _program.Run("--jobs", "2", "--threads", "1");
        Assert.Equal(SweepExitCode.Failed, code);
        Assert.Contains("sigma=0,seed=2 failed: InvalidOperationException: It is asked to fail. (", output, StringComparison.Ordinal);
        Assert.Equal(5, File.ReadLines(_program.Merged).Count() - 1);
        string failed = File.ReadAllText(Path.Combine(_program.Cells, "sigma=0,seed=2.failed"));
        Assert.Contains("   at NoiseGen.Sweeps.Tests.Program", failed, StringComparison.Ordinal); // the place, for whoever fixes it

        _program.With("SWEEP_FAILS", -1);
        Assert.Equal(SweepExitCode.Failed, _program.Run().Code);
        Assert.Equal(SweepExitCode.Done, _program.Run("--cell", "2", "--retry-failed").Code);
        Assert.Equal(SweepExitCode.Done, _program.Run("--status").Code);
        AssertWhole();
    }

    [UnixFact]
    public void A_worker_that_is_killed_is_started_again_and_goes_on()
    {
        Process process = _program.With("SWEEP_PAUSE", 100).Start("--jobs", "2", "--threads", "1");
        _program.WaitFor("training.safetensors");
        int[] holders = _program.Holders();
        Assert.NotEmpty(holders);
        foreach (int holder in holders) Process.GetProcessById(holder).Kill();
        Assert.Equal((SweepExitCode.Done, ""), CodeAndError(SweepProgram.End(process)));
        AssertWhole();
    }

    /// <summary>A cell whose process ends again and again is given up, and affects no other cell.</summary>
    [Fact]
    public void A_cell_that_kills_its_process_fails()
    {
        _program.With("SWEEP_KILLED", 2).With("DOTNET_DbgEnableMiniDump", 0);
        (int code, string output, _) = _program.Run("--jobs", "2", "--threads", "1");
        Assert.Equal(SweepExitCode.Failed, code);
        Assert.Contains("sigma=0,seed=2 failed: Its process ended 10 times with exit code 134 before the training made progress", output,
            StringComparison.Ordinal);
        Assert.Equal(5, File.ReadLines(_program.Merged).Count() - 1);
    }

    [UnixFact]
    public void When_the_command_is_killed_its_workers_end_and_the_next_one_goes_on()
    {
        Process process = _program.With("SWEEP_PAUSE", 100).Start("--jobs", "2", "--threads", "1");
        _program.WaitFor("training.safetensors");
        process.Kill();
        process.Dispose();
        Assert.True(SpinWait.SpinUntil(() => _program.Holders().Length == 0, TimeSpan.FromMinutes(1)), "Workers go on without it.");
        Assert.False(File.Exists(_program.Merged));

        Assert.Equal(SweepExitCode.Done, _program.With("SWEEP_PAUSE", 0).Run("--jobs", "2").Code);
        AssertWhole();
    }

    [UnixFact]
    public void Two_commands_share_one_folder()
    {
        _program.With("SWEEP_PAUSE", 30);
        Process[] commands = [_program.Start("--jobs", "2"), _program.Start(), _program.Start("--cell", "3", "4", "5")];
        Assert.All(commands.Select(SweepProgram.End)
            .ToArray(), end => Assert.True(end is { Code: SweepExitCode.Done or SweepExitCode.PutOff, Error: "" }, end.ToString()));
        Assert.Equal(SweepExitCode.Done, _program.Run("--status").Code);
        AssertWhole();
    }

    /// <summary>
    /// Leftovers of a process that was killed after its last step are removed by the next command, even --status.
    /// </summary>
    [UnixFact]
    public void What_is_left_of_a_cell_that_is_done_goes()
    {
        Process process = _program.With("SWEEP_PAUSE", 200).Start("--cell", "0");
        _program.WaitFor("training.safetensors");
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        File.WriteAllText(Path.Combine(_program.Cells, "sigma=0,seed=0.csv"), "sigma,seed,accuracy,weight\n0,0,1,1\n");
        Assert.Equal(3, _program.Names().Length);
        Assert.Equal(SweepExitCode.PutOff, _program.Run("--status").Code);
        Assert.Equal(["sigma=0,seed=0.csv"], _program.Names());
    }

    /// <summary>SIGTERM any number of times, as from a scheduler.</summary>
    [UnixFact]
    public void A_request_to_end_is_heeded_behind_a_step()
    {
        Process process = _program.With("SWEEP_PAUSE", 200).Start("--cell", "0", "1");
        _program.WaitFor("training.safetensors");
        SweepProgram.Signal(process.Id, SweepProgram.Terminate);
        for (int i = 0; i < 4; i++)
        {
            Thread.Sleep(20); // signals that come at once are merged into one
            SweepProgram.TrySignal(process.Id, SweepProgram.Terminate); // the program may have ended by now
        }

        (int code, string output, _) = SweepProgram.End(process);
        Assert.Equal(SweepExitCode.PutOff, code);
        Assert.Contains("sigma=0,seed=0: not yet done", output, StringComparison.Ordinal);
        Assert.Equal(["unfinished-sigma=0,seed=0"], _program.Names());

        Assert.Equal(SweepExitCode.Done, _program.With("SWEEP_PAUSE", 0).Run().Code);
        AssertWhole();
    }

    [UnixFact]
    public void A_cell_that_is_resumed_says_where()
    {
        _program.With("SWEEP_PAUSE", 100).With("SWEEP_EPOCHS", 50);
        Process process = _program.Start("--cell", "0");
        _program.WaitFor("training.safetensors");
        SweepProgram.Signal(process.Id, SweepProgram.Terminate);
        Assert.Equal(SweepExitCode.PutOff, SweepProgram.End(process).Code);

        process = _program.Start("--cell", "0");
        string held = _program.WaitFor("*.lock");
        bool IsSaid() => SweepProgram.Text(held)?.Contains(" %, resumed at epoch ", StringComparison.Ordinal) is true;
        Assert.True(SpinWait.SpinUntil(IsSaid, TimeSpan.FromMinutes(1)), SweepProgram.Text(held));
        SweepProgram.Signal(process.Id, SweepProgram.Terminate);
        Assert.Equal(SweepExitCode.PutOff, SweepProgram.End(process).Code);
    }

    /// <summary>SIGUSR1 means that the time is up: a failure only if the training made no progress.</summary>
    [UnixFact]
    public void Time_that_is_up_before_the_training_got_on_is_a_failure()
    {
        _program.With("SWEEP_PAUSE", 300).With("SWEEP_EPOCHS", 20);
        Process process = _program.Start("--cell", "0");
        _program.WaitFor("training.safetensors");
        Thread.Sleep(1000);
        SweepProgram.Signal(process.Id, SweepProgram.UserDefined1);
        Assert.Equal(SweepExitCode.PutOff, SweepProgram.End(process).Code);

        process = _program.With("SWEEP_STUCK", 1).Start("--cell", "1");
        _program.WaitFor("*seed=1.lock");
        while (_program.Holders().Length == 0) Thread.Sleep(10);
        SweepProgram.Signal(process.Id, SweepProgram.UserDefined1);
        (int code, string output, _) = SweepProgram.End(process);
        Assert.Equal(SweepExitCode.Failed, code);
        Assert.Contains("sigma=0.25,seed=1: failed: Its time was up before the training made progress", output, StringComparison.Ordinal);
    }

    private void AssertWhole()
    {
        Assert.Equal(undisturbed.Merged, File.ReadAllText(_program.Merged));
        Assert.Equal(undisturbed.Names, _program.Names());
    }

    private static (int Code, string Error) CodeAndError((int Code, string Output, string Error) end) => (end.Code, end.Error);

    /// <summary>An undisturbed run.</summary>
    public sealed class Undisturbed
    {
        public Undisturbed()
        {
            using var program = new SweepProgram();
            (int code, string output, string error) = program.Run();
            Assert.Equal((SweepExitCode.Done, ""), (code, error));
            Assert.Contains("6/6 sigma=0.25,seed=5", output, StringComparison.Ordinal);
            (Merged, Names) = (File.ReadAllText(program.Merged), program.Names());
            string[] lines = Merged.Split('\n');
            Assert.Equal("sigma,seed,accuracy,weight", lines[0]);
            Assert.Equal(
                ["0,0", "0.25,1", "0,2", "0.25,3", "0,4", "0.25,5"], lines[1..^1].Select(line => string.Join(',', line.Split(',')[..2])));
            Assert.Equal(6, Names.Length);
        }

        public string Merged { get; }

        public string[] Names { get; }
    }
}
