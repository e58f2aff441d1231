using NoiseGen.Generator.Model;
using NoiseGen.Generator.Parsing;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints the properties of a network's or block's class.</summary>
internal static class MemberEmitter
{
    public static void Properties(SourceWriter writer, IEnumerable<MemberNode> members)
    {
        foreach (MemberNode member in members)
        {
            string name = member.Identifier.TrimStart('@'); // base: a member of the user's may have the method's name
            string value = member.IsTyped ? $"base.BlocksAt<{member.Block}>(\"{name}\")" : $"base.StageAt(\"{name}\")";
            writer.Write($"{Header(member)} => {value};");
        }
    }

    /// <summary>The properties of a class with a mistake, without code behind them.</summary>
    public static void Skeletons(SourceWriter writer, IEnumerable<MemberNode> members)
    {
        foreach (MemberNode member in members) writer.Write($"{Header(member)} => throw null!;");
    }

    private static string Header(MemberNode member)
    {
        string type = member.IsTyped ? $"global::NoiseGen.Blocks<{member.Block}>" : "global::NoiseGen.Stage";
        return $"{member.Modifiers}{(member.Modifiers.Length > 0 ? " " : "")}partial {type} {member.Identifier}";
    }

    /// <summary>The generated part of a block's class.</summary>
    public static SourceFile Block(BlockClass block) => NetworkEmitter.ClassFile(block.Class, "", writer =>
    {
        writer.Write("/// <remarks>Its stages in one of the places where a network uses it.</remarks>");
        using (writer.Block($"partial class {block.Class.Name} : global::NoiseGen.BlockStages")) Properties(writer, block.Members);
    });
}
