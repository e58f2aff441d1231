using System.Reflection;

namespace NoiseGen.Benchmarks.Networks;

/// <summary>One variant of a network that is measured.</summary>
/// <param name="Name">Name on the command line.</param>
/// <param name="Type">Its class.</param>
/// <param name="Description">Its declaration.</param>
/// <param name="Create">Makes one, from seed, batch size and threads.</param>
internal sealed record BenchmarkNetwork(string Name, Type Type, NetworkDescription Description, Func<ulong, int, int, NeuralNetwork> Create)
{
    private static readonly string s_folder = Path.Combine(
        typeof(BenchmarkNetwork).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "RepositoryRoot").Value!,
        "tests", "Benchmarks", "Networks");

    /// <summary>The file that declares it.</summary>
    public string ReadSource() => File.ReadAllText(Directory.EnumerateFiles(s_folder, "*.cs").Single(IsOwn));

    private bool IsOwn(string file) => Path.GetFileNameWithoutExtension(file).Equals(Name, StringComparison.OrdinalIgnoreCase);
}
