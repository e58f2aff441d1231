using System.Reflection;

namespace NoiseGen.Benchmarks.Generation;

/// <summary>The declarations that the generator is timed on: files of samples/Harden.</summary>
internal static class SampleNetworks
{
    private static readonly string Folder = Path.Combine(
        typeof(SampleNetworks).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "RepositoryRoot").Value!,
        "samples", "Harden", "Networks");

    /// <summary>All of them: a file for each architecture, most of them with two networks or four.</summary>
    public static string[] All => Read("CnnS", "DenseNet", "LeNet5", "Mlp", "ResNet18", "Vgg11", "Vgg11BatchNorm");

    /// <summary>Ten networks, large and small, with blocks and without; <see cref="LeNet5"/> is among them.</summary>
    public static string[] Ten => [LeNet5, .. Read("CnnS", "ResNet18", "Vgg11")];

    public static string LeNet5 => Read("LeNet5").Single();

    private static string[] Read(params string[] names) => [.. names.Select(name => File.ReadAllText(Path.Combine(Folder, $"{name}.cs")))];
}
