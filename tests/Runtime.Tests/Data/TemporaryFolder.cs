namespace NoiseGen.Runtime.Tests.Data;

/// <summary>A folder for one test, deleted after it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("noisegen-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Write(string name, params byte[] content) => System.IO.File.WriteAllBytes(File(name), content);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
