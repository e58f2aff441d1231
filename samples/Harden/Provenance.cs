using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Harden;

/// <summary>Where results come from: what has to be known to trust them, and to get them again.</summary>
/// <param name="Date">When the run ended.</param>
/// <param name="Version">The program's version, which is the library's.</param>
/// <param name="Commit">The commit that it was built from; null where the build did not know.</param>
/// <param name="Framework">The .NET runtime.</param>
/// <param name="Processor">The processor and how many of it the program may use.</param>
/// <param name="Command">What was typed.</param>
/// <param name="Duration">How long it took, this time.</param>
internal sealed record Provenance(
    DateTimeOffset Date, string Version, string? Commit, string Framework, string Processor, string Command, TimeSpan Duration)
{
    private const int CommitDigits = 10;

    /// <summary>All but the command, in words.</summary>
    public IEnumerable<string> Parts =>
    [
        Date.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture),
        Commit is null ? $"NoiseGen {Version}" : $"NoiseGen {Version}, commit {Commit}",
        Framework, Processor, $"took {Report.Numbers.Time(Duration)}",
    ];

    /// <summary>That of this process.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="duration">How long it took.</param>
    public static Provenance Of(IEnumerable<string> arguments, TimeSpan duration)
    {
        // 1.2.3+commit, as the SDK writes it where it builds from a repository.
        string[] version = (
            typeof(Provenance).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
                ?? "unknown").Split('+');
        string processors = FormattableString.Invariant(
            $"{ProcessorName()}, {Environment.ProcessorCount} {(Environment.ProcessorCount == 1 ? "thread" : "threads")}");
        string command = string.Join(
            ' ', arguments.Select(argument => argument.Contains(' ') ? $"\"{argument}\"" : argument).Prepend("Harden"));
        return new Provenance(
            DateTimeOffset.Now, version[0], version.Length > 1 ? version[1][..Math.Min(CommitDigits, version[1].Length)] : null,
            $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.RuntimeIdentifier}", processors, command, duration);
    }

    // Linux tells it in a file, Windows in a variable; elsewhere the architecture has to do.
    private static string ProcessorName()
    {
        const string Linux = "/proc/cpuinfo", Key = "model name";
        string? name = File.Exists(Linux)
            ? File.ReadLines(Linux).FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal))?.Split(':', 2)[^1].Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return string.IsNullOrEmpty(name) ? RuntimeInformation.ProcessArchitecture.ToString() : name;
    }
}
