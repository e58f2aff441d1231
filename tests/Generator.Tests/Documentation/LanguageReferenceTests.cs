using System.Reflection;
using System.Text.RegularExpressions;
using NoiseGen.Generator.Diagnostics;

namespace NoiseGen.Generator.Tests.Documentation;

/// <summary>The language reference is complete.</summary>
public sealed class LanguageReferenceTests
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly string s_text = new Page("docs/language.md").Text;

    private static readonly Type[] s_attributes =
        [.. typeof(NetworkAttribute).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == nameof(NoiseGen) && type.IsSubclassOf(typeof(Attribute)))];

    public static TheoryData<string> Attributes => [.. s_attributes.Where(type => !type.IsAbstract).Select(Name)];

    public static TheoryData<string> Enums => [.. s_attributes.SelectMany(type => type.GetProperties(Own))
        .Select(property => property.PropertyType).Where(type => type.IsEnum).Select(type => type.Name).Distinct()];

    public static TheoryData<string> Ids => [.. Descriptors.All.Select(descriptor => descriptor.Id)];

    // One section for each attribute, or for several that belong together, with all their properties; those of the window have a section of
    // their own.
    [Theory]
    [MemberData(nameof(Attributes))]
    public void SectionNamesEveryProperty(string attribute)
    {
        string section = Section($@"`\[{attribute}[\](<]");
        foreach (PropertyInfo property in s_attributes.Single(type => Name(type) == attribute).GetProperties(Own))
            Assert.Contains($"`{property.Name}`", section);
    }

    [Fact]
    public void SectionNamesEveryPropertyOfWindows()
    {
        string section = Section("Strides and padding");
        foreach (PropertyInfo property in typeof(WindowAttribute).GetProperties(Own)) Assert.Contains($"`{property.Name}`", section);
    }

    [Theory]
    [MemberData(nameof(Enums))]
    public void EveryValueIsNamed(string type)
    {
        foreach (string value in Enum.GetNames(typeof(NetworkAttribute).Assembly.GetType($"NoiseGen.{type}", throwOnError: true)!))
            Assert.Contains($"`{type}.{value}`", s_text);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryDiagnosticIsLinked(string id) => Assert.Contains($"[{id}](diagnostics/{id}.md)", s_text);

    private static string Name(Type attribute) => attribute.Name.Split('`')[0][..^nameof(Attribute).Length];

    private static string Section(string heading) =>
        Assert.Single(s_text.Split("\n## "), section => Regex.IsMatch(section.Split('\n')[0], heading));
}
