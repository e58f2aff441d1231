using System.Collections.Immutable;

namespace NoiseGen.Sweeps.Requests;

/// <summary>The program that this process runs, as a command.</summary>
internal static class OwnProgram
{
    /// <summary>The command, without arguments: an executable, or dotnet and an assembly.</summary>
    public static ImmutableArray<string> Command { get; } =
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) != "dotnet"
            ? [path]
            : [Environment.ProcessPath ?? "dotnet", Path.GetFullPath(Environment.GetCommandLineArgs()[0])];
}
