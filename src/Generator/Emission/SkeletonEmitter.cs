using NoiseGen.Generator.Graph;

namespace NoiseGen.Generator.Emission;

/// <summary>
/// Prints the members of a network whose declaration has a mistake, without code behind them: the mistake is then the only error, instead of one of
/// many about a constructor, a base class and properties that do not exist.
/// </summary>
internal static class SkeletonEmitter
{
    /// <param name="name">The class.</param>
    /// <param name="stages">Modifiers and name of each stage's property.</param>
    public static SourceFile Emit(ClassName name, IEnumerable<(string Modifiers, string Name)> stages) => NetworkEmitter.ClassFile(name, "", writer =>
    {
        using (writer.Block($"partial class {name.Name} : global::NoiseGen.NeuralNetwork, global::NoiseGen.INetwork<{name.Name}>"))
        {
            writer.Write($$"""
                // The declaration has a mistake, which is reported beside it. Until it is mended these members have no code.
                public {{name.Name}}(ulong seed = 0, int batchSize = 128, int threads = 0)
                    : base(null!, null!, default, seed, batchSize, threads)
                {
                }

                public static {{name.Name}} Create(ulong seed, int batchSize, int threads) => throw null!;

                public static global::NoiseGen.NetworkDescription Describe() => throw null!;
                """);
            foreach ((string modifiers, string stage) in stages)
                writer.Write($"{modifiers}{(modifiers.Length > 0 ? " " : "")}partial global::NoiseGen.Stage {stage} => throw null!;");
        }
    });
}
