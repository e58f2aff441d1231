namespace NoiseGen.Package.Tests;

/// <summary>All packages in one feed.</summary>
public sealed class PackedTools : PackedPackage
{
    public PackedTools()
    {
        foreach (string project in new[] { "Onnx", "Tool", "Templates" }) Pack(project);
    }

    /// <summary>A new folder next to the feed, whose packages come from the feed and from the machine's cache.</summary>
    public string NewFolder(string name)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;
        BareProject.WriteNugetConfig(folder, this);
        return folder;
    }
}
