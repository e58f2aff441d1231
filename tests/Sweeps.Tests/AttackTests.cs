using System.Diagnostics;

namespace NoiseGen.Sweeps.Tests;

/// <summary>
/// Workers and the command are killed at random moments: the results have the same bytes as an undisturbed run.
/// With NOISEGEN_LONG_TESTS it runs longer.
/// </summary>
public sealed class AttackTests(SweepTests.Undisturbed undisturbed) : IClassFixture<SweepTests.Undisturbed>, IDisposable
{
    private readonly SweepProgram _program = new();

    public void Dispose() => _program.Dispose();

    [UnixFact]
    public void Kills_at_random_moments_do_not_show()
    {
        bool isLong = new LongFactAttribute().Skip is null;
        (int cells, int most, int longest) = isLong ? (60, 30, 2000) : (6, 5, 1200);
        string whole = isLong ? Whole(cells) : undisturbed.Merged;
        var random = new Random(Environment.ProcessId);
        // two workers need at least nine seconds: there is time for all kills
        _program.With("SWEEP_CELLS", cells).With("SWEEP_PAUSE", isLong ? 250 : 500);
        int kills = 0;
        int code;
        do
        {
            Process command = _program.Start("--jobs", "2", "--threads", "1");
            while (kills < most && !command.WaitForExit(random.Next(200, longest)))
            {
                int[] holders = Directory.Exists(_program.Cells) ? _program.Holders() : [];
                // Every fourth kill, on average, hits the command, whose workers then end by themselves.
                if (random.Next(4) == 0 || holders.Length == 0) command.Kill();
                else SweepProgram.TryKill(holders[random.Next(holders.Length)]);
                kills++;
                if (command.WaitForExit(100)) break;
            }

            (code, _, _) = SweepProgram.End(command);
        }
        while (code is not (SweepExitCode.Done or SweepExitCode.Failed));

        Assert.Equal((SweepExitCode.Done, most), (code, kills));
        Assert.Equal(whole, File.ReadAllText(_program.Merged));
        Assert.Equal(cells, _program.Names().Length);
    }

    private static string Whole(int cells)
    {
        using SweepProgram program = new SweepProgram().With("SWEEP_CELLS", cells);
        Assert.Equal(SweepExitCode.Done, program.Run().Code);
        return File.ReadAllText(program.Merged);
    }
}
