using NoiseGen.Generator.Graph;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints a network's generated source files.</summary>
internal static class NetworkEmitter
{
    /// <summary>The files of a network; hint names start with the class's.</summary>
    public static IEnumerable<SourceFile> Emit(NetworkGraph graph)
    {
        yield break;
    }
}

/// <summary>A generated file.</summary>
internal sealed record SourceFile(string HintName, string Text);
