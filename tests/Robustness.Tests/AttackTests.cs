using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Harden;
using Harden.Report;
using NoiseGen.Runtime.Tests.Storage;

namespace NoiseGen.Tests;

/// <summary>
/// An experiment that is killed, stopped, run twice at once and out of disk ends with the files of one that nobody disturbed. A round is
/// short; NOISEGEN_ATTACK_MINUTES has the kills go on for so long.
/// </summary>
public sealed class AttackTests(AttackTests.Undisturbed undisturbed) : IClassFixture<AttackTests.Undisturbed>, IDisposable
{
    private const int Kills = 6; // of a round in CI

    private const string Results = "noisy-training.csv";

    private static readonly string[] s_report = ["curves.svg", "curves.png", "report.html", "results.csv", "sites.svg", "sites.csv"];

    private readonly string _folder = Directory.CreateTempSubdirectory("harden").FullName;

    private string Out => Path.Combine(_folder, "out");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SignalFact]
    public void An_experiment_that_is_killed_ends_with_the_same_files()
    {
        var random = new Random(Environment.ProcessId);
        double minutes = double.Parse(Environment.GetEnvironmentVariable("NOISEGEN_ATTACK_MINUTES") ?? "0", CultureInfo.InvariantCulture);
        var clock = Stopwatch.StartNew();
        (int rounds, int kills) = (0, 0);
        do
        {
            for (int killed = 0; ; killed++)
            {
                Process process = HardenProgram.Start(Arguments(Out));
                if (IsToBeKilled(process, killed, random))
                {
                    process.Kill();
                    process.WaitForExit();
                    process.Dispose();
                    kills++;
                    continue;
                }

                (int code, _, string error) = HardenProgram.End(process);
                Assert.Equal((ExitCode.Failure, ""), (code, error));
                break;
            }

            undisturbed.AssertSame(Out);
            Directory.Delete(Out, recursive: true);
            rounds++;
        }
        while (clock.Elapsed < TimeSpan.FromMinutes(minutes));

        Assert.True(kills > 0, $"{rounds} rounds ended without a kill.");
        Console.WriteLine($"{rounds} experiments, {kills} kills: all ended with the files of the undisturbed one.");
    }

    /// <summary>
    /// One that stands still keeps its cell: a second trains the others, and says where that one is;
    /// the first goes on as if nothing had been.
    /// </summary>
    [SignalFact]
    public void Two_experiments_share_one_folder()
    {
        Process first = HardenProgram.Start(Arguments(Out));
        WaitUntilAtWork();
        HardenProgram.Signal(first, HardenProgram.Stop);
        (int code, string output, string error) = HardenProgram.Run(Arguments(Out));
        HardenProgram.Signal(first, HardenProgram.Continue);

        Assert.Equal((ExitCode.PutOff, ""), (code, error));
        Assert.Contains(
            $"clean, seed 1 is held by another process: {Environment.MachineName}, process {first.Id}", output, StringComparison.Ordinal);
        Assert.Contains("1 of 3 cells are missing", output.Replace("2 of 3", "1 of 3", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failure, HardenProgram.End(first).Code);
        undisturbed.AssertSame(Out);
    }

    [SignalFact]
    public void Any_number_of_requests_to_end_are_heeded_and_lose_nothing()
    {
        Process process = HardenProgram.Start(Arguments(Out));
        WaitUntilAtWork();
        for (int i = 0; i < 3; i++) HardenProgram.Signal(process, HardenProgram.Terminate);
        Assert.Equal(ExitCode.PutOff, HardenProgram.End(process).Code);
        Assert.Single(Directory.GetDirectories(Path.Combine(Out, "noisy-training.cells"), "unfinished-*"));
        Assert.Empty(Directory.GetFiles(Path.Combine(Out, "noisy-training.cells"), "*.lock"));

        Assert.Equal(ExitCode.Failure, HardenProgram.Run(Arguments(Out)).Code);
        undisturbed.AssertSame(Out);
    }

    [SignalFact]
    public void A_cell_that_failed_is_tried_again_on_request()
    {
        Assert.Equal(ExitCode.Failure, HardenProgram.Run(Arguments(Out)).Code);
        string failed = Directory.GetFiles(Path.Combine(Out, "noisy-training.cells"), "*.failed").Single(),
            reason = File.ReadAllText(failed);
        string other = reason.Replace("The loss became", "Once it was", StringComparison.Ordinal);
        Assert.NotEqual(reason, other);
        File.WriteAllText(failed, other);

        (int code, string output, _) = HardenProgram.Run(Arguments(Out));
        Assert.Equal((ExitCode.Failure, other), (code, File.ReadAllText(failed)));
        Assert.Contains("noisy σ 1E+38, seed 1 failed: Once it was ", output, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Failure, HardenProgram.Run([.. Arguments(Out), "--retry-failed"]).Code);
        undisturbed.AssertSame(Out);

        string[] withoutIt = [.. Arguments(Out).Select(argument => argument.Replace(",1e38", "", StringComparison.Ordinal))];
        Assert.Equal(ExitCode.Success, HardenProgram.Run(withoutIt).Code);
    }

    /// <summary>
    /// A disk that has room for a checkpoint, but not for the one that takes its place, and then for all: what was computed stays, and
    /// nothing half is left.
    /// </summary>
    [MountFact]
    public void A_full_disk_loses_nothing()
    {
        // A parameter with its two moments; while a checkpoint is replaced there are two of them.
        long checkpoint = 3 * sizeof(float) * MlpGray.Describe().Parameters.Sum(parameter => (long)parameter.Count);
        string script = $"""
            mount -t tmpfs -o size={8 * checkpoint} tmpfs "$0" && head -c {13 * checkpoint / 2} /dev/zero > "$0/other" || exit 99
            "$@"; echo "first: $?"; ls -AR "$0/out"
            rm "$0/other"
            "$@"; echo "second: $?"; cp -r "$0/out" "$0.kept"
            """;
        string disk = Directory.CreateDirectory(Path.Combine(_folder, "disk")).FullName;
        string[] command = [.. HardenProgram.Command, .. Arguments(Path.Combine(disk, "out"))];
        Process shell = HardenProgram.Start(MountFactAttribute.Shell, [script, disk, .. command]);
        (int code, string output, string error) = HardenProgram.End(shell);

        Assert.Equal(0, code);
        Assert.Contains("it cannot be written (No space left on device", error, StringComparison.Ordinal);
        Assert.Contains("first: 1", output, StringComparison.Ordinal);
        Assert.Contains("training.safetensors", output.Split("second:")[0], StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", output, StringComparison.Ordinal);
        Assert.DoesNotContain(".lock\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain(".failed\n", output.Split("second:")[0], StringComparison.Ordinal);
        Assert.Contains("second: 1", output, StringComparison.Ordinal);
        undisturbed.AssertSame($"{disk}.kept");
    }

    /// <summary>Spaces, letters of other scripts, signs of two words, and a path far beyond what a line shows.</summary>
    [SignalFact]
    public void Any_name_of_a_folder_will_do()
    {
        string[] names = ["a folder", "Ürümqi 漢字 😀", "it's \"quoted\"; $HOME && *", .. Enumerable.Repeat(new string('x', 200), 10)];
        string path = Path.Combine([_folder, .. names]);
        Assert.Equal(ExitCode.Failure, HardenProgram.Run(Arguments(path)).Code);
        undisturbed.AssertSame(path);
    }

    [SignalFact, UnsupportedOSPlatform("windows")]
    public void A_folder_that_cannot_be_used_is_found_at_once()
    {
        // Whoever may do everything may write to any folder but the kernel's.
        string closed = Environment.IsPrivilegedProcess && OperatingSystem.IsLinux() ? "/sys" : Directory.CreateDirectory(Out).FullName;
        if (closed == Out) File.SetUnixFileMode(Out, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string longName = Path.Combine(_folder, new string('x', 300)), longPath = Path.Combine([_folder, .. Enumerable.Repeat("x", 2_500)]);
        foreach (string path in new[] { closed, Path.Combine(closed, "below"), longName, longPath })
        {
            (int code, string output, string error) = HardenProgram.Run(Arguments(path));
            Assert.Equal((ExitCode.Failure, ""), (code, output));
            Assert.StartsWith("The report cannot be written to '", error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        }

        if (closed == Out) File.SetUnixFileMode(Out, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public static TheoryData<string, string> Places
    {
        get
        {
            string[] files = [.. s_report, "clean.safetensors", "quantized-and-noisy.onnx"];
            TheoryData<string, string> places = new();
            foreach (string file in files)
            {
                foreach (string kind in SpecialFile.Possible) places.Add(file, kind);
            }

            return places;
        }
    }

    /// <summary>What is no regular file in a report's place is found before the work, and stays.</summary>
    [Theory]
    [MemberData(nameof(Places))]
    public void A_place_that_is_taken_is_found_before_the_work(string file, string kind)
    {
        SpecialFile.Make(kind, Path.Combine(_folder, file));
        string message = Assert.Throws<IOException>(() => ReportFolder.Open(_folder).Reserve(SyntheticJob.WithSites.Settings)).Message;
        Assert.Contains($"found {SpecialFile.NameOf(kind)} at {Path.Combine(_folder, file)}", message, StringComparison.Ordinal);
        Assert.Equal([Path.Combine(_folder, file)], Directory.GetFileSystemEntries(_folder));
    }

    [SignalFact]
    public void A_report_follows_links()
    {
        string elsewhere = Directory.CreateDirectory(Path.Combine(_folder, "elsewhere")).FullName;
        Directory.CreateDirectory(Out);
        foreach (string file in s_report) File.CreateSymbolicLink(Path.Combine(Out, file), $"../elsewhere/{file}");
        Assert.StartsWith("Report: ", ReportFolder.Open(Out).Write(SyntheticJob.WithSites).ToArray()[0], StringComparison.Ordinal);
        Assert.Equal(s_report.Order(StringComparer.Ordinal), Undisturbed.Names(elsewhere));
        Assert.All(s_report, file => Assert.Equal($"../elsewhere/{file}", new FileInfo(Path.Combine(Out, file)).LinkTarget));
    }

    // Three cells, of which the last diverges at once.
    private static string[] Arguments(string path) =>
    [
        "--experiment", "noisy-training", "--network", "mlp", "--epochs", "2", "--batch", "256", "--repeats", "1", "--threads", "1",
        "--sigmas", "0.5,1e38", "--out", path,
    ];

    // The first kill meets it at its second cell, the others anywhere; behind the last it may end, however slow the machine is.
    private bool IsToBeKilled(Process process, int killed, Random random)
    {
        if (killed == 0) WaitForACell(process.StandardOutput);
        else if (killed == Kills || process.WaitForExit(random.Next((int)undisturbed.Time.TotalMilliseconds))) return false;
        return true;
    }

    // Where it writes that file it has the first cell for itself, and all its work before it.
    private void WaitUntilAtWork()
    {
        string cells = Path.Combine(Out, "noisy-training.cells");
        bool HasBegun() =>
            Directory.Exists(cells) && Directory.GetFiles(cells, "training.safetensors", SearchOption.AllDirectories).Length > 0;
        Assert.True(SpinWait.SpinUntil(HasBegun, TimeSpan.FromMinutes(5)), $"No training began in {cells}.");
    }

    private static void WaitForACell(StreamReader output)
    {
        string? line;
        do line = output.ReadLine();
        while (line is not null && !line.StartsWith("1/3 ", StringComparison.Ordinal));
        Assert.NotNull(line);
    }

    /// <summary>A run that nobody disturbs: its files, and the time that it takes on this machine.</summary>
    public sealed class Undisturbed : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("harden").FullName;

        public Undisturbed()
        {
            var clock = Stopwatch.StartNew();
            (int code, string output, string error) = HardenProgram.Run(Arguments(_folder));
            Time = clock.Elapsed;
            Assert.Equal((ExitCode.Failure, ""), (code, error));
            Assert.Contains("3/3 noisy σ 1E+38, seed 1 failed\n", output, StringComparison.Ordinal);
            Assert.Contains("\nnoisy σ 1E+38, seed 1 failed: The loss became ", output, StringComparison.Ordinal);
            Assert.Contains("1 of 3 cells failed. --retry-failed retries them.", output, StringComparison.Ordinal);
            Assert.Equal(["noisy-training.cells", Results, "noisy-training.html", "noisy-training.svg"], Names(_folder));
        }

        public TimeSpan Time { get; }

        public void Dispose() => Directory.Delete(_folder, recursive: true);

        /// <summary>The same files with the same bytes, and none beside them.</summary>
        public void AssertSame(string folder)
        {
            Assert.Equal(Names(_folder), Names(folder));
            string own = Path.Combine(_folder, "noisy-training.cells"), other = Path.Combine(folder, "noisy-training.cells");
            Assert.Equal(Names(own), Names(other));
            // The page tells when it was written, and how long that took.
            foreach (string name in new[] { Results, "noisy-training.svg" })
                Assert.Equal(File.ReadAllText(Path.Combine(_folder, name)), File.ReadAllText(Path.Combine(folder, name)));
            foreach (string name in Names(own).Where(name => name.EndsWith(".csv", StringComparison.Ordinal)))
                Assert.Equal(File.ReadAllText(Path.Combine(own, name)), File.ReadAllText(Path.Combine(other, name)));
            // Where a cell failed, and when, is another matter.
            foreach (string name in Names(own).Where(name => name.EndsWith(".failed", StringComparison.Ordinal)))
                Assert.Equal(File.ReadLines(Path.Combine(own, name)).First(), File.ReadLines(Path.Combine(other, name)).First());
        }

        /// <summary>What is in a folder.</summary>
        public static string[] Names(string folder) =>
            [.. Directory.GetFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
    }
}
