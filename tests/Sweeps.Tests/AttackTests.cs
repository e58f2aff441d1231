using System.Diagnostics;

namespace NoiseGen.Sweeps.Tests;

/// <summary>Workers and the command itself are killed at random moments: what comes of it has the bytes of a run that nobody disturbed. NOISEGEN_LONG_TESTS has it go on.</summary>
public sealed class AttackTests(SweepTests.Undisturbed undisturbed) : IClassFixture<SweepTests.Undisturbed>, IDisposable
{
    private readonly SweepProgram _program = new();

    public void Dispose() => _program.Dispose();

    [UnixFact]
    public void Kills_at_random_moments_do_not_show()
    {
        int most = new LongFactAttribute().Skip is null ? 30 : 5, kills = 0;
        var random = new Random(Environment.ProcessId);
        _program.With("SWEEP_PAUSE", 100 * Math.Max(1, most / 6)); // that there is time for all of them
        int code;
        do
        {
            Process command = _program.Start("--jobs", "2", "--threads", "1");
            while (kills < most && !command.WaitForExit(random.Next(200, 2000)))
            {
                int[] holders = Directory.Exists(_program.Cells) ? _program.Holders() : [];
                // One in four is the command, whose workers then end by themselves.
                if (random.Next(4) == 0 || holders.Length == 0) command.Kill();
                else SweepProgram.TryKill(holders[random.Next(holders.Length)]);
                kills++;
                if (command.WaitForExit(100)) break;
            }

            (code, _, _) = SweepProgram.End(command);
        }
        while (code is not (SweepExitCode.Done or SweepExitCode.Failed));

        Assert.Equal((SweepExitCode.Done, most), (code, kills));
        Assert.Equal(undisturbed.Merged, File.ReadAllText(_program.Merged));
        Assert.Equal(undisturbed.Names, _program.Names());
    }
}
