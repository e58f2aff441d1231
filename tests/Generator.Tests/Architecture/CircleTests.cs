using Microsoft.CodeAnalysis;

namespace NoiseGen.Generator.Tests.Architecture;

/// <summary>
/// The folders of each project of src refer to each other without circles, so that each can be read knowing only those below it.
/// </summary>
public sealed class CircleTests
{
    private static readonly string Root = Path.Combine(Snapshot.RepositoryRoot, "src");

    // From the bottom up, as src/Runtime/README.md explains them.
    private static readonly string[] s_runtimeLayers =
    [
        "Foundation", "Description", "Kernels", "Data", "Optimizers", "Model", "Engine", "Storage", "Networks", "Training", "Robustness",
    ];

    /// <summary>All folders of src that contain a project with code.</summary>
    public static TheoryData<string> Projects =>
    [
        .. Directory.EnumerateDirectories(Root).Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any())
            .Select(folder => Path.GetFileName(folder)!)
            .Where(project => project != "Templates").Order(),
    ];

    [Theory]
    [MemberData(nameof(Projects))]
    public void FoldersHaveNoCircles(string project)
    {
        SourceProject source = SourceProject.Read(Root, project);
        Assert.Empty(source.Errors);

        Circle[] circles = Circle.Among(FolderReference.In(source));

        Assert.True(circles.Length == 0, string.Join('\n', circles.Select(circle => circle.ToString())));
    }

    [Fact]
    public void LayersOfTheRuntimeReferDownwards()
    {
        string[] folders = [.. Directory.EnumerateDirectories(Path.Combine(Root, "Runtime")).Select(folder => Path.GetFileName(folder)!)];
        Assert.Equal(s_runtimeLayers.Order(), folders.Except(["bin", "obj"]).Order());

        IEnumerable<FolderReference> upwards = FolderReference.In(SourceProject.Read(Root, "Runtime"))
            .Where(reference => LayerOf(reference.From) < LayerOf(reference.To));

        Assert.Empty(upwards);

        // Attributes are at the bottom and not in the list: −1.
        static int LayerOf(string folder) => Array.IndexOf(s_runtimeLayers, folder.Split('/').ElementAtOrDefault(1));
    }

    [Fact]
    public void FindsAPlantedCircle()
    {
        const string File = "Tool/Low/Planted.cs";
        SourceProject source = SourceProject.Read(
            Root, "Tool", (File, "namespace Low; static class Planted { public static int Value => High.Caller.Value; }"),
            ("Tool/High/Deep/Caller.cs", "namespace High; static class Caller { public static int Value => Low.Planted.Value; }"));

        Circle circle = Assert.Single(Circle.Among(FolderReference.In(source)));

        Assert.Equal("Tool: High, Low", circle.Name);
        Assert.Contains("Low → High, 2 names\n    Planted.cs: Caller.Value, Caller", circle.ToString(), StringComparison.Ordinal);
    }
}
