using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints the elementwise pass of a stage: noise, ReLU, quantizer and noise in one loop over the values, in place.</summary>
internal static class ActivationEmitter
{
    /// <summary>What a call passes beside the row, its marks and its group.</summary>
    public static string Arguments(StageNode node) => string.Concat(Parameters(node).Select(parameter => $", {parameter.Name}"));

    private static IEnumerable<(string Type, string Name)> Parameters(StageNode node)
    {
        if (node.LinearNoise >= 0) yield return ("in NoiseLanes", "linear");
        if (node.ActivationNoise >= 0) yield return ("in NoiseLanes", "activation");
        if (node.ActivationQuantizer is not null) yield return ("float", "step");
    }

    public static void Row(SourceWriter writer, NetworkGraph graph, StagePlan stage)
    {
        StageNode node = stage.Node;
        writer.Write($$"""
            // {{Summary(graph, node)}}: one row of {{stage.RowElements}} elements × 32 images, in place.
            // dead: a bit where the gradient stops, {{stage.RowElements}} elements × 2 half blocks
            [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
            """);
        string parameters = string.Concat(Parameters(node).Select(parameter => $", {parameter.Type} {parameter.Name}"));
        using (writer.Block($"private static void Activate(ref float row, ref ushort dead, int group{parameters})"))
        using (writer.Block("for (nint half = 0; half < 2; half++)"))
        {
            writer.Write($$"""
                ref float values = ref Unsafe.Add(ref row, half * 16);
                ref ushort marks = ref Unsafe.Add(ref dead, half);
                """);
            if (HasRest(stage)) writer.Write($"nint left = {stage.RowElements};");
            using (writer.Block($"for (nint next = group; next < group + {stage.RowGroups}; next++)")) Group(writer, graph, stage);
        }
    }

    // The last group of a row may have fewer than four elements.
    private static bool HasRest(StagePlan stage) => stage.RowElements % 4 != 0;

    private static void Group(SourceWriter writer, NetworkGraph graph, StagePlan stage)
    {
        StageNode node = stage.Node;
        writer.Write("""
            Vector512<float> v0 = Vector512.LoadUnsafe(ref values), v1 = Vector512.LoadUnsafe(ref values, 32);
            Vector512<float> v2 = Vector512.LoadUnsafe(ref values, 64), v3 = Vector512.LoadUnsafe(ref values, 96);
            """);
        if (node.LinearNoise >= 0) Noise(writer, graph.NoiseSites[node.LinearNoise].Kind, "linear", "l");

        for (int i = 0; i < 4; i++)
        {
            writer.Write($$"""
                Vector512<float> d{{i}} = Vector512.LessThanOrEqual(v{{i}}, Vector512<float>.Zero);
                v{{i}} = Vector512.ConditionalSelect(d{{i}}, Vector512<float>.Zero, v{{i}});
                """);
        }

        if (node.ActivationQuantizer is { } quantizer)
        {
            int levels = (1 << quantizer.Bits) - 1;
            for (int i = 0; i < 4; i++)
            {
                writer.Write($$"""
                    Vector512<float> q{{i}} = Vector512.Round(v{{i}} / Vector512.Create(step));
                    d{{i}} |= Vector512.GreaterThan(q{{i}}, Vector512.Create({{levels}}f));
                    v{{i}} = Vector512.Min(q{{i}}, Vector512.Create({{levels}}f)) * Vector512.Create(step);
                    """);
            }
        }

        if (node.ActivationNoise >= 0) Noise(writer, graph.NoiseSites[node.ActivationNoise].Kind, "activation", "a");
        for (int i = 0; i < 4; i++)
        {
            string guard = HasRest(stage) && i > 0 ? $"if (left > {i}) " : "";
            string offset = i == 0 ? "" : $", {i * 32}";
            string mark = i == 0 ? "marks" : $"Unsafe.Add(ref marks, {i * 2})";
            writer.Write(guard == ""
                ? $"v{i}.StoreUnsafe(ref values{offset}); {mark} = (ushort)d{i}.ExtractMostSignificantBits();"
                : $"{guard}{{ v{i}.StoreUnsafe(ref values{offset}); {mark} = (ushort)d{i}.ExtractMostSignificantBits(); }}");
        }

        writer.Write("values = ref Unsafe.Add(ref values, 128);\nmarks = ref Unsafe.Add(ref marks, 8);");
        if (HasRest(stage)) writer.Write("left -= 4;");
    }

    private static void Noise(SourceWriter writer, string kind, string site, string prefix)
    {
        using (writer.Block($"if ({site}.Active)"))
        {
            string samples = string.Join(", ", Enumerable.Range(0, 4).Select(i => $"out Vector512<float> {prefix}{i}"));
            writer.Write($"{site}.Next(next, half, {samples});");
            for (int i = 0; i < 4; i++) writer.Write($"v{i} = {kind}.Apply(v{i}, {site}.Sigma, {prefix}{i});");
        }
    }

    private static string Summary(NetworkGraph graph, StageNode node)
    {
        List<string> parts = [];
        if (node.LinearNoise >= 0) parts.Add(NoiseName(graph, node.LinearNoise));
        parts.Add("ReLU");
        if (node.ActivationQuantizer is { } quantizer) parts.Add($"{quantizer.Bits}-bit quantizer");
        if (node.ActivationNoise >= 0) parts.Add(NoiseName(graph, node.ActivationNoise));
        return string.Join(" → ", parts);
    }

    private static string NoiseName(NetworkGraph graph, int site) => graph.NoiseSites[site].KindName.ToLowerInvariant() + " noise";
}
