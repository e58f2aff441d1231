namespace NoiseGen.Sweeps.Tests.Slurm;

/// <summary>A test with a real SLURM on this machine: Debian's slurm-wlm and munge, as root.</summary>
internal class SlurmFactAttribute : FactAttribute
{
    private static readonly string[] s_programs = ["slurmctld", "slurmd", "munged", "sbatch"];

    public SlurmFactAttribute()
    {
        if (!OperatingSystem.IsLinux()) Skip = "This system is not Linux.";
        else if (!Environment.IsPrivilegedProcess) Skip = "Its daemons run as root alone.";
        else if (Array.Find(s_programs, program => !IsInstalled(program)) is { } missing)
            Skip = $"There is no {missing}: the packages slurm-wlm and munge have it.";
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin")
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}

/// <summary>A test with a real SLURM that takes minutes.</summary>
internal sealed class LongSlurmFactAttribute : SlurmFactAttribute
{
    public LongSlurmFactAttribute() => Skip ??= new LongFactAttribute().Skip;
}
