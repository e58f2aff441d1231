using System.Reflection;
using System.Runtime.CompilerServices;
using NoiseGen.Generator.Emission;

namespace NoiseGen.Generator.Tests;

/// <summary>
/// Compares generated files with accepted ones. File names and contents are those of Verify.SourceGenerators, which could replace this
/// class: a text that differs is written beside the accepted one as <c>.received.cs</c>; renaming it to <c>.verified.cs</c> accepts it.
/// </summary>
internal static class Snapshot
{
    /// <summary>The root folder of the repository.</summary>
    public static readonly string RepositoryRoot = typeof(Snapshot).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == nameof(RepositoryRoot)).Value!;

    private static readonly string Folder = Path.Combine(RepositoryRoot, "tests", "Generator.Tests", "Snapshots");

    /// <summary>Fails unless a run generated exactly the accepted files of the calling test.</summary>
    public static void Verify(GeneratorDriverRun run, [CallerFilePath] string file = "", [CallerMemberName] string test = "") =>
        Verify([.. run.Result.GeneratedSources.Select(
            source => new SourceFile(source.HintName, source.SourceText.ToString()))], file, test);

    /// <summary>Fails unless files are exactly the accepted ones of the calling test.</summary>
    public static void Verify(SourceFile[] files, [CallerFilePath] string file = "", [CallerMemberName] string test = "")
    {
        string prefix = $"{Path.GetFileNameWithoutExtension(file)}.{test}#";
        string[] accepted = [.. Directory.EnumerateFiles(Folder, $"{prefix}*.verified.cs").Select(path => Path.GetFileName(path)!)];
        string[] generated = [.. files.Select(source => Name(prefix, source, "verified"))];
        string[] differing = [.. files.Where(source => Differs(prefix, source)).Select(source => Name(prefix, source, "received"))];

        Assert.True(differing.Length == 0, $"Not as accepted; compare and rename in {Folder}: {string.Join(", ", differing)}");
        Assert.Equal(accepted.Order(), generated.Order());
    }

    // Writes the received file, or deletes one from an earlier run.
    private static bool Differs(string prefix, SourceFile source)
    {
        string verified = Path.Combine(Folder, Name(prefix, source, "verified"));
        string received = Path.Combine(Folder, Name(prefix, source, "received"));
        string text = $"//HintName: {source.HintName}\n{source.Text}";
        bool differs = !File.Exists(verified) || File.ReadAllText(verified) != text;
        if (differs) File.WriteAllText(received, text);
        else File.Delete(received);
        return differs;
    }

    private static string Name(string prefix, SourceFile source, string state) =>
        $"{prefix}{Path.GetFileNameWithoutExtension(source.HintName)}.{state}.cs";
}
