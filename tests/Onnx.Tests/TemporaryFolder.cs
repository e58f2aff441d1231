namespace NoiseGen.Tests;

/// <summary>A folder that is deleted with its contents.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("noisegen-onnx-");

    public IEnumerable<string> Files => _folder.EnumerateFiles().Select(file => file.Name);

    public string File(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
