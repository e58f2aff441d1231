using System.Diagnostics;
using System.Globalization;

namespace NoiseGen.Sweeps.Cells;

/// <summary>Who holds a lock, and how far the work is.</summary>
/// <param name="Id">Of the lock: no two are the same.</param>
/// <param name="Machine">The machine's name.</param>
/// <param name="System">What tells the system of processes that <paramref name="Process"/> counts in from any other.</param>
/// <param name="Process">The number of the process.</param>
/// <param name="Started">When that process was started, in the system's own ticks: numbers are used again.</param>
/// <param name="Job">The job of a cluster that it is part of; empty where it is none.</param>
/// <param name="Since">When the lock was taken.</param>
/// <param name="Beats">Counts up while the holder lives.</param>
/// <param name="Fraction">The finished part of the work, 0 … 1.</param>
/// <param name="Doing">What is being done, for people.</param>
internal sealed record LockHolder(
    string Id, string Machine, string System, int Process, long Started, string Job, DateTime Since, long Beats, double Fraction,
    string Doing)
{
    // Written over in place: as long each time, so that a reader never meets the end of an earlier text.
    private const int Bytes = 1024;

    private static readonly string s_system = SystemOfProcesses();

    /// <summary>This process, as one that takes a lock now.</summary>
    public static LockHolder New() => new(
        Guid.NewGuid().ToString("N"), Environment.MachineName, s_system, Environment.ProcessId,
        StartOf(Environment.ProcessId) ?? 0, ClusterJob.Name, DateTime.UtcNow, 0, 0, "");

    /// <summary>Whether it runs, or ran, where this process can see it.</summary>
    public bool IsHere => Machine == Environment.MachineName && System == s_system;

    /// <summary>Whether it is known to have ended.</summary>
    public bool IsDead => IsHere && StartOf(Process) != Started;

    /// <summary>Such as <c>node3, job 1204_7</c>.</summary>
    public string Where => Job.Length > 0
        ? $"{Machine}, job {Job}"
        : string.Create(CultureInfo.InvariantCulture, $"{Machine}, process {Process}");

    /// <summary>The content of a lock's file: lines of names and values.</summary>
    public byte[] ToBytes()
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"""
            machine: {Machine}
            process: {Process}
            job: {Job}
            since: {Since:O}
            progress: {Fraction:0.0000}
            doing: {Doing}
            beats: {Beats}
            started: {Started}
            system: {System}
            lock: {Id}
            """);
        byte[] bytes = new byte[Bytes];
        bytes.AsSpan().Fill((byte)' ');
        bytes[^1] = (byte)'\n';
        global::System.Text.Encoding.UTF8.GetEncoder().Convert(text, bytes.AsSpan(0, Bytes - 1), flush: true, out _, out _, out _);
        return bytes;
    }

    /// <summary>Null where the text is none: its holder was stopped, or stopped in writing it.</summary>
    public static LockHolder? Parse(string text)
    {
        Dictionary<string, string> values = FieldLines.Parse(text);
        if (!values.TryGetValue("lock", out string? id) || !values.TryGetValue("machine", out string? machine)) return null;
        _ = DateTime.TryParse(
            values.GetValueOrDefault("since"), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime since);
        return new LockHolder(
            id, machine, values.GetValueOrDefault("system", ""), (int)Number("process"), Number("started"),
            values.GetValueOrDefault("job", ""),
            since,
            Number("beats"),
            double.TryParse(values.GetValueOrDefault("progress"), CultureInfo.InvariantCulture, out double fraction) ? fraction : 0,
            values.GetValueOrDefault("doing", ""));

        long Number(string name) => long.TryParse(values.GetValueOrDefault(name), CultureInfo.InvariantCulture, out long number)
            ? number
            : 0;
    }

    private static long? StartOf(int process)
    {
        try
        {
            using var found = global::System.Diagnostics.Process.GetProcessById(process);
            return OperatingSystem.IsLinux() ? StartOnLinux(process) : found.StartTime.ToUniversalTime().Ticks;
        }
        catch (Exception none) when (
            none is ArgumentException or InvalidOperationException or IOException or global::System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    // .NET computes it from the clock, which may be set; the system's own number stays. It is the 22nd field of proc(5), the 20th behind
    // the name, which may have anything in it. What has ended and is not waited for (state Z) is dead.
    private static long? StartOnLinux(int process)
    {
        string status = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
        string[] fields = status[(status.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
    }

    // Machines may have the same name, and containers of one machine count their processes each for itself.
    private static string SystemOfProcesses()
    {
        if (!OperatingSystem.IsLinux()) return "";
        try
        {
            string start = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
            return $"{start} {new FileInfo("/proc/self/ns/pid").LinkTarget}";
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException)
        {
            return Guid.NewGuid().ToString("N"); // of no other: nothing is known of its processes
        }
    }
}
