using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints where in the network's memories each buffer, each packed weight and each bias lies.</summary>
internal static class PlaceEmitter
{
    private const string Class = "Places";

    /// <summary>The name of a buffer's place.</summary>
    public static string Of(Slot slot) => $"{Class}.{slot.Name}";

    /// <summary>The name of the place of an operation's biases among the parameters.</summary>
    public static string Biases(LinearPlan linear) => $"{Class}.{linear.Name}_Biases";

    /// <summary>The name of the place of an operation's packed weights.</summary>
    public static string Packed(LinearPlan linear) => $"{Class}.{linear.Name}_Packed";

    /// <summary>The name of the place of an operation's weights, packed for the input gradient.</summary>
    public static string PackedBackward(LinearPlan linear) => $"{Class}.{linear.Name}_PackedBackward";

    public static void Emit(SourceWriter writer, NetworkPlan plan)
    {
        LinearPlan[] linear = [.. plan.Stages.Select(stage => stage.Linear).OfType<LinearPlan>()];
        writer.Write("// Places in the network's memories, in floats. Buffers that are never needed at the same time may share theirs.");
        using (writer.Block($"internal static class {Class}"))
        {
            bool isFirst = true;
            void Section(string title, IEnumerable<string> places)
            {
                string[] lines = [.. places];
                if (lines.Length == 0) return;
                if (!isFirst) writer.Space();
                isFirst = false;
                writer.Write($"// {title}");
                foreach (string line in lines) writer.Write(line);
            }

            Section("Scratch: a thread's, used within one segment", Buffers(plan, Area.Scratch));
            Section("Block: kept for a block of 32 images from one segment to the next", Buffers(plan, Area.Block));
            Section("Parameters", linear.Where(one => one.Kernels.HasBiases).Select(one => Constant(Biases(one), one.Biases)));
            Section("Packed: weights in the order of the tiles", linear.Where(one => one.Kernels.IsPacked)
                .Select(one => Constant(Packed(one), one.PackedForward)));
            Section(
                "PackedBackward: the same for input gradients",
                linear.Where(one => one.Kernels is { IsPacked: true, InputGradient: not null })
                    .Select(one => Constant(PackedBackward(one), one.PackedBackward)));
        }
    }

    private static IEnumerable<string> Buffers(NetworkPlan plan, Area area) =>
        plan.Memory.Slots.Where(slot => slot.IsUsed && slot.Area == area)
        .Select(slot => Constant(Of(slot), slot.Offset) + $" // {SourceWriter.Number(slot.Floats)} floats");

    private static string Constant(string name, int value) =>
        $"public const int {name.Substring(Class.Length + 1)} = {SourceWriter.Literal(value)};";
}
