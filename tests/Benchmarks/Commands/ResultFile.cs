using System.Text.Json;
using NoiseGen.Storage;

namespace NoiseGen.Benchmarks.Commands;

/// <summary>Results as JSON: an array of objects with the members of their record in camel case.</summary>
internal static class ResultFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Write<TResult>(string path, IReadOnlyList<TResult> results) =>
        WholeFile.Write(path, JsonSerializer.Serialize(results, Options) + "\n");

    public static IReadOnlyList<TResult> Read<TResult>(string path) =>
        JsonSerializer.Deserialize<TResult[]>(File.ReadAllText(path), Options)!;
}
