using System.Reflection;

namespace NoiseGen.Package.Tests;

/// <summary>The repository that these tests were built in.</summary>
internal static class Repository
{
    public static readonly string Root = Path.GetFullPath(Metadata("RepositoryRoot"));

    public static readonly string Configuration = Metadata("Configuration");

    /// <summary>The first C# block of a page: the whole program that a newcomer copies.</summary>
    public static string FirstProgram(string page)
    {
        const string Begin = "```csharp\n", End = "```\n";
        string text = page.ReplaceLineEndings("\n");
        int begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        return text[begin..text.IndexOf(End, begin, StringComparison.Ordinal)];
    }

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;
}
