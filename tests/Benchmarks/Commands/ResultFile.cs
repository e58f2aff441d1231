using System.Text.Json;
using NoiseGen.Benchmarks.Contest;

namespace NoiseGen.Benchmarks.Commands;

/// <summary>Results as JSON: an array of objects with the members of <see cref="Result"/> in camel case.</summary>
internal static class ResultFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Write(string path, IReadOnlyList<Result> results) => File.WriteAllText(path, JsonSerializer.Serialize(results, Options) + "\n");

    public static IReadOnlyList<Result> Read(string path) => JsonSerializer.Deserialize<Result[]>(File.ReadAllText(path), Options)!;
}
