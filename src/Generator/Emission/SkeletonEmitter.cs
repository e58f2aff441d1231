using NoiseGen.Generator.Graph;

namespace NoiseGen.Generator.Emission;

/// <summary>
/// Prints the members of a network whose declaration has a mistake, without code behind them: the mistake is then the only error, instead of one of
/// many about a constructor, a base class and properties that do not exist.
/// </summary>
internal static class SkeletonEmitter
{
    /// <param name="name">The class.</param>
    /// <param name="members">Its properties.</param>
    public static SourceFile Emit(ClassName name, IEnumerable<MemberNode> members) => NetworkEmitter.ClassFile(name, "", writer =>
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
            MemberEmitter.Skeletons(writer, members);
        }
    });
}
