using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NoiseGen.Sweeps.Tests.Slurm;

/// <summary>A SLURM cluster of two nodes on this machine, until it is disposed.</summary>
internal sealed class LocalCluster : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sl").FullName;
    private readonly string _before = Environment.GetEnvironmentVariable("SLURM_CONF") ?? "";

    /// <param name="arraySize">The cluster's MaxArraySize.</param>
    public LocalCluster(int arraySize)
    {
        Script("start", FormattableString.Invariant($"{FreePorts()}"), FormattableString.Invariant($"{arraySize}"));
        Environment.SetEnvironmentVariable("SLURM_CONF", Path.Combine(_folder, "slurm.conf")); // for all processes started from now on
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("SLURM_CONF", _before.Length > 0 ? _before : null);
        Script("stop");
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Runs a SLURM command, and returns the lines of its output.</summary>
    public static string[] Run(string command, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Tasks in the queue, such as <c>7_2</c>, that are in a state: R runs, PD waits.</summary>
    public static string[] Tasks(string state) => Run("squeue", "--noheader", "--array", $"--states={state}", "--format=%F_%K");

    /// <summary>
    /// Waits until no task is left. Requeued tasks run at once: SLURM would make them wait for two minutes.
    /// </summary>
    public static void WaitUntilDone()
    {
        var clock = Stopwatch.StartNew();
        while (Tasks("R,PD,CG").Length > 0)
        {
            foreach (string line in Run("squeue", "--noheader", "--array", "--states=PD", "--format=%F_%K %r"))
            {
                if (line.EndsWith(" BeginTime", StringComparison.Ordinal))
                    Run("scontrol", "update", $"jobid={line.Split(' ')[0]}", "starttime=now");
            }

            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(10), string.Join('\n', Run("squeue")));
            Thread.Sleep(300);
        }
    }

    /// <summary>Kills a node: its daemon, then the job's supervisor, which would report the job's end, and the job.</summary>
    public void KillNode(string node)
    {
        SweepProgram.TryKill(int.Parse(File.ReadAllText(Path.Combine(_folder, $"{node}.pid")), CultureInfo.InvariantCulture));
        string spool = Path.Combine(_folder, "spool", node) + "/";
        int[] scripts = [.. Processes().Where(process => CommandOf(process).Contains(spool, StringComparison.Ordinal))];
        int[] programs = [.. Processes().Where(process => scripts.Contains(ParentOf(process)))];
        foreach (int process in (int[])[.. scripts.Select(ParentOf), .. scripts, .. programs]) SweepProgram.TryKill(process);
    }

    private static IEnumerable<int> Processes() =>
        Directory.EnumerateDirectories("/proc").Select(path =>
            int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out int number) ? number : 0).Where(number => number > 0);

    private static string CommandOf(int process) => Read(process, "cmdline");

    private static int ParentOf(int process) => Read(process, "stat") is { Length: > 0 } status
        ? int.Parse(status[(status.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture)
        : 0;

    private static string Read(int process, string file)
    {
        try
        {
            return File.ReadAllText(FormattableString.Invariant($"/proc/{process}/{file}"));
        }
        catch (IOException)
        {
            return ""; // it has ended
        }
    }

    private void Script(params string[] arguments)
    {
        // The daemons keep inherited handles: a pipe of ours would never end.
        string script = Path.Combine(AppContext.BaseDirectory, "Slurm", "slurm-local.sh"), log = Path.Combine(_folder, "script.log");
        using Process process =
            Process.Start("bash", ["-c", "exec bash \"$@\" < /dev/null > \"$0\" 2>&1", log, script, _folder, .. arguments]);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, File.ReadAllText(log));
    }

    // Three consecutive ports that are not in use.
    private static int FreePorts()
    {
        for (int port = 17_000 + Environment.ProcessId % 10_000; ; port += 3)
        {
            try
            {
                for (int i = 0; i < 3; i++)
                {
                    using var listener = new TcpListener(IPAddress.Loopback, port + i);
                    listener.Start();
                }

                return port;
            }
            catch (SocketException)
            {
                // Try the next three.
            }
        }
    }
}
