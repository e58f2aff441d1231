using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NoiseGen.Generator.Tests.Architecture;

/// <summary>A project as one compilation of its files, without generated ones.</summary>
/// <param name="Root">The folder to which paths are relative.</param>
/// <param name="Compilation">The files.</param>
internal sealed record SourceProject(string Root, CSharpCompilation Compilation)
{
    // What the SDK uses globally in an ordinary project.
    private const string GlobalUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Threading; global using System.Threading.Tasks;
        """;

    // Errors that leave all names resolved: a partial method whose body a generator writes, and obsolete members.
    private static readonly string[] s_harmless = ["CS8795", "CS0619"];

    // Everything that these tests run with, and so everything that the projects reference.
    private static readonly PortableExecutableReference[] s_assemblies =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Reads the only project in a folder.</summary>
    /// <param name="root">The folder to which paths are relative.</param>
    /// <param name="name">The project's folder there.</param>
    /// <param name="planted">Sources in addition to the project's files, by their paths relative to the root.</param>
    public static SourceProject Read(string root, string name, params (string Path, string Text)[] planted)
    {
        string folder = Path.Combine(root, name), file = Directory.EnumerateFiles(folder, "*.csproj").Single();
        XElement project = XElement.Load(file);
        CSharpParseOptions options = TestCompilation.ParseOptions.WithPreprocessorSymbols(
            project.Descendants("DefineConstants").SelectMany(constants => constants.Value.Split(';'))
                .Where(constant => constant[0] != '$'));
        SyntaxTree[] trees =
        [
            .. Files(folder).Concat(Included(folder, project))
                .Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), options, path)),
            .. planted.Select(source => CSharpSyntaxTree.ParseText(source.Text, options, Path.Combine(root, source.Path))),
            CSharpSyntaxTree.ParseText(GlobalUsings, options),
        ];
        OutputKind kind = project.Descendants("OutputType").Any() ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
        var compilation = new CSharpCompilationOptions(kind, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);
        return new(root, CSharpCompilation.Create(Path.GetFileNameWithoutExtension(file), trees, References(project), compilation));
    }

    /// <summary>The errors that keep names from being resolved.</summary>
    public IEnumerable<Diagnostic> Errors => Compilation.GetDiagnostics()
        .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && !s_harmless.Contains(diagnostic.Id));

    /// <summary>The folder of a file, such as <c>Runtime/Storage</c>.</summary>
    public string FolderOf(string file) => Path.GetRelativePath(Root, Path.GetDirectoryName(file)!).Replace('\\', '/');

    // Such as ../Attributes/**/*.cs, or one file.
    private static IEnumerable<string> Included(string folder, XElement project)
    {
        foreach (XElement compile in project.Descendants("Compile"))
        {
            string path = Path.GetFullPath(Path.Combine(folder, compile.Attribute("Include")!.Value));
            int pattern = path.IndexOf("**", StringComparison.Ordinal);
            foreach (string file in pattern < 0 ? [path] : Files(path[..pattern])) yield return file;
        }
    }

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(path => Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"));

    // Of this repository's own assemblies only those that the project references: files of other projects are among its own.
    private static IEnumerable<MetadataReference> References(XElement project)
    {
        HashSet<string> named =
        [
            .. project.Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)),
        ];
        if (named.Count > 0) named.Add("NoiseGen");
        return s_assemblies.Where(assembly => Path.GetFileNameWithoutExtension(assembly.FilePath)! is var name
            && (!name.StartsWith("NoiseGen", StringComparison.Ordinal) || named.Contains(name)));
    }
}
