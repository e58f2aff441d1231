namespace NoiseGen.Tests.Cultures;

/// <summary>
/// What the library and the program write under one culture, in a folder of its own; under none but the invariant one for the tests.
/// </summary>
public sealed class CultureRun : IDisposable
{
    private readonly string _culture;
    private readonly Lazy<string[]> _library, _program;

    public CultureRun()
        : this("")
    {
    }

    internal CultureRun(string culture)
    {
        _culture = culture;
        _library = new(() => Run(CultureChild.Library, Folder));
        _program = new(() => Run([CultureChild.Program, .. Training, "--batch", "256", "--sigma", "0.5", "--out", Folder]));
    }

    /// <summary>A short training.</summary>
    internal static string[] Training { get; } = ["--network", "mlp", "--epochs", "1", "--repeats", "1"];

    /// <summary>Where the files are.</summary>
    internal string Folder { get; } = Directory.CreateTempSubdirectory("cultures").FullName;

    /// <summary>What <see cref="LibraryReport"/> prints, behind the culture's way to write a half.</summary>
    internal string[] Library => _library.Value;

    /// <summary>What a training by Harden prints, likewise.</summary>
    internal string[] Program => _program.Value;

    /// <summary>A file that one of them has written.</summary>
    internal byte[] Read(string file) => File.ReadAllBytes(Path.Combine(Folder, file));

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Does a job under the culture.</summary>
    internal string[] Run(params string[] job)
    {
        (int code, string[] output, string error) = CultureChild.Run(_culture, job);
        Assert.True(code == 0, error);
        return output;
    }
}
