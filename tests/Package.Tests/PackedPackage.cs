using System.IO.Compression;

namespace NoiseGen.Package.Tests;

/// <summary>
/// The package, packed into a folder outside the repository that serves as a feed.
/// Its version is new each time, so that no cache can replace it.
/// </summary>
public class PackedPackage : IDisposable
{
    public PackedPackage() => Pack("Runtime");

    /// <summary>Feed and projects.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("noisegen-package-").FullName;

    public string Version { get; } = $"0.0.0-test.{Guid.NewGuid():N}";

    /// <summary>Paths of our files in the package, or in its symbol package.</summary>
    /// <param name="extension"><c>nupkg</c> or <c>snupkg</c>.</param>
    public string[] Files(string extension)
    {
        using ZipArchive archive = Open(extension);
        return
        [
            .. archive.Entries.Select(entry => entry.FullName)
                .Where(path => path is not "[Content_Types].xml" && !path.StartsWith("_rels/", StringComparison.Ordinal)
                    && !path.StartsWith("package/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The text of one file of the package.</summary>
    public string Text(string path)
    {
        using ZipArchive archive = Open("nupkg");
        using var reader = new StreamReader(archive.GetEntry(path)!.Open());
        return reader.ReadToEnd();
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Packs a project of the folder src, which must be built.</summary>
    protected void Pack(string project) => Programs.Dotnet(
        Repository.Root, "pack", Path.Combine("src", project), "--no-build", "--configuration",
        Repository.Configuration, "--output", Folder,
        $"-p:PackageVersion={Version}").AssertSucceeded();

    private ZipArchive Open(string extension) => ZipFile.OpenRead(Path.Combine(Folder, $"NoiseGen.{Version}.{extension}"));
}
