using System.Diagnostics;
using System.Globalization;

namespace NoiseGen.Sweeps.Cells;

/// <summary>Who holds a lock, and the progress of the work.</summary>
/// <param name="Id">A unique id of the lock.</param>
/// <param name="Machine">The machine's name.</param>
/// <param name="System">Identifies the process table in which <paramref name="Process"/> is a number.</param>
/// <param name="Process">The process id.</param>
/// <param name="Started">The start time of that process, in the system's ticks: process ids are reused.</param>
/// <param name="Job">The cluster job that it is part of; empty if none.</param>
/// <param name="Since">When the lock was taken.</param>
/// <param name="Beats">Counts the heartbeats.</param>
/// <param name="Fraction">The completed fraction of the work, 0 … 1.</param>
/// <param name="Doing">The current activity, for people.</param>
internal sealed record LockHolder(
    string Id, string Machine, string System, int Process, long Started, string Job, DateTime Since, long Beats, double Fraction,
    string Doing)
{
    // Overwritten in place, always with the same length, so that a reader never sees the end of an earlier text.
    private const int Bytes = 1024;

    private static readonly string s_system = SystemOfProcesses();

    /// <summary>This process as the holder of a lock taken now.</summary>
    public static LockHolder New() => new(
        Guid.NewGuid().ToString("N"), Environment.MachineName, s_system, Environment.ProcessId,
        StartOf(Environment.ProcessId) ?? 0, ClusterJob.Name, DateTime.UtcNow, 0, 0, "");

    /// <summary>Whether it runs, or ran, in this process's process table.</summary>
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

    /// <summary>Parses the text; null if it is incomplete because its holder was stopped before or while writing it.</summary>
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

    // .NET computes the start time from the clock, which may be changed; the system's number is constant.
    // It is the 22nd field of proc(5), the 20th after the name, which may contain anything. A zombie (state Z) is dead.
    private static long? StartOnLinux(int process)
    {
        string status = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
        string[] fields = status[(status.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
    }

    // Machines may have the same name, and containers on one machine have separate process tables.
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
            return Guid.NewGuid().ToString("N"); // unique: nothing is known about its processes
        }
    }
}
