using NoiseGen.Generator.Model;
using NoiseGen.Generator.Parsing;

namespace NoiseGen.Generator.Emission;

/// <summary>
/// Prints the members of a network whose declaration has a mistake, without code behind them:
/// the mistake is then the only error, instead of one of
/// many about a constructor, a base class and properties that do not exist.
/// </summary>
internal static class SkeletonEmitter
{
    private const string Remark =
        "// The declaration has a mistake, which is reported beside it. Until it is mended these members have no code.";

    /// <summary>A network that can be read.</summary>
    /// <param name="name">The class.</param>
    /// <param name="members">Its properties.</param>
    public static SourceFile Emit(ClassName name, IEnumerable<MemberNode> members) =>
        Network(name, name.Name, writer => MemberEmitter.Skeletons(writer, members));

    /// <summary>A type that cannot be read as a network or block, or is none.</summary>
    public static SourceFile Emit(ClassStub stub) => stub.BaseClass == ClassRules.BaseClass
        ? Network(stub.Class, stub.Self, writer => Properties(writer, stub))
        : NetworkEmitter.ClassFile(stub.Class, "", writer =>
        {
            using (writer.Block($"{stub.Header}{(stub.BaseClass is null ? "" : $" : global::NoiseGen.{stub.BaseClass}")}"))
            {
                writer.Write(Remark);
                Properties(writer, stub);
            }
        });

    private static SourceFile Network(ClassName name, string self, Action<SourceWriter> properties) =>
        NetworkEmitter.ClassFile(name, "", writer =>
    {
        using (writer.Block($"partial class {self} : global::NoiseGen.NeuralNetwork, global::NoiseGen.INetwork<{self}>"))
        {
            writer.Write($$"""
                {{Remark}}
                #pragma warning disable CS8618, CS1591 // a property that should have been partial; members here that nobody can document
                public {{name.Name}}(ulong seed = 0, int batchSize = 128, int threads = 0)
                    : base(null!, null!, default, seed, batchSize, threads)
                {
                }

                public static {{self}} Create(ulong seed, int batchSize, int threads) => throw null!;

                public static global::NoiseGen.NetworkDescription Describe() => throw null!;
                """);
            properties(writer);
        }
    });

    private static void Properties(SourceWriter writer, ClassStub stub)
    {
        foreach (string property in stub.Properties) writer.Write(property);
    }
}
