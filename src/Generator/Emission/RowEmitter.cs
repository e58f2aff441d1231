using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints the elementwise passes: noise, norm, sum, activation and quantizer in one loop over a row's values.</summary>
internal static class RowEmitter
{
    /// <summary>What a call passes behind the references and the group.</summary>
    /// <param name="elements">Values of the row.</param>
    public static string Arguments(RowKernel kernel, StagePlan stage, int elements) =>
        string.Concat(Parameters(kernel, elements, stage.Period).Select(parameter => $", {parameter.Argument}"));

    private static IEnumerable<(string Type, string Argument)> Parameters(RowKernel kernel, int elements, int period)
    {
        yield return kernel.HasRest ? ("int elements", $"{elements}") : ("int groups", $"{elements / 4}");
        if (kernel.LinearNoise is { } linear) yield return ($"in {linear.Lanes} linear", "linear");
        if (kernel.HasNorm) yield return ("ref float scales, ref float shifts, int period", $"ref norm.Scales, ref norm.Shifts, {period}");
        if (kernel.NormNoise is { } normed) yield return ($"in {normed.Lanes} normed", "normed");
        if (kernel.SumNoise is { } sum) yield return ($"in {sum.Lanes} sum", "sum");
        if (kernel.ActivationNoise is { } activation) yield return ($"in {activation.Lanes} activation", "activation");
        if (kernel.Quantizer is not null) yield return ("float step", "step");
    }

    public static void Emit(SourceWriter writer, RowKernel kernel, string name)
    {
        writer.Write($"// {Summary(kernel)}: one row of elements × 32 images; source and target may be the same.");
        if (kernel.IsSum) writer.Write("// other: the row that is added");
        if (kernel.HasMarks) writer.Write("// dead: a bit where the gradient stops, elements × 2 half blocks");
        if (kernel.HasSlopes) writer.Write("// slopes: the derivative with respect to the activation's input, elements × 32");
        if (kernel.HasErrors) writer.Write("// errors: what the rounding adds in steps, and all of the level where it is the last one; with a step of 0 values stay as they are");
        if (kernel.HasNorm) writer.Write("// scales, shifts: the norm's coefficients, which repeat after `period` elements");
        writer.Write("[MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]");
        string references = (kernel.IsSum ? ", ref float other" : "") + (kernel.HasMarks ? ", ref ushort dead" : "") + (kernel.HasSlopes ? ", ref float slopes" : "")
            + (kernel.HasErrors ? ", ref float errors" : "");
        string parameters = string.Concat(Parameters(kernel, 0, 0).Select(parameter => $", {parameter.Type}"));
        using (writer.Block($"public static void {name}(ref float source, ref float target{references}, int group{parameters})"))
        {
            if (kernel.HasErrors) writer.Write("Vector512<float> observes = Vector512.Equals(Vector512.Create(step), Vector512<float>.Zero);");
            Halves(writer, kernel);
        }
    }

    private static void Halves(SourceWriter writer, RowKernel kernel)
    {
        using (writer.Block("for (nint half = 0; half < 2; half++)"))
        {
            writer.Write("ref float from = ref Unsafe.Add(ref source, half * 16), values = ref Unsafe.Add(ref target, half * 16);");
            if (kernel.IsSum) writer.Write("ref float added = ref Unsafe.Add(ref other, half * 16);");
            if (kernel.HasMarks) writer.Write("ref ushort marks = ref Unsafe.Add(ref dead, half);");
            if (kernel.HasSlopes) writer.Write("ref float slope = ref Unsafe.Add(ref slopes, half * 16);");
            if (kernel.HasErrors) writer.Write("ref float error = ref Unsafe.Add(ref errors, half * 16);");
            if (kernel.HasNorm) writer.Write("nint channel = 0;");
            if (kernel.HasRest) writer.Write("nint left = elements;");
            string groups = kernel.HasRest ? "(elements + 3) / 4" : "groups";
            using (writer.Block($"for (nint next = group; next < group + {groups}; next++)")) Group(writer, kernel);
        }
    }

    private static void Group(SourceWriter writer, RowKernel kernel)
    {
        writer.Write("""
            Vector512<float> v0 = Vector512.LoadUnsafe(ref from), v1 = Vector512.LoadUnsafe(ref from, 32);
            Vector512<float> v2 = Vector512.LoadUnsafe(ref from, 64), v3 = Vector512.LoadUnsafe(ref from, 96);
            """);
        Noise(writer, kernel, kernel.LinearNoise, "linear", "l");
        if (kernel.HasNorm) Norm(writer);
        Noise(writer, kernel, kernel.NormNoise, "normed", "n");
        if (kernel.IsSum)
        {
            for (int i = 0; i < 4; i++) writer.Write($"v{i} += Vector512.LoadUnsafe(ref added{Offset(i)});");
        }

        Noise(writer, kernel, kernel.SumNoise, "sum", "m");
        if (kernel.Activation is { } activation) Activate(writer, activation);
        if (kernel.NoiseBeforeQuantizer) Noise(writer, kernel, kernel.ActivationNoise, "activation", "a");
        if (kernel.Quantizer is { } quantizer) Quantize(writer, quantizer, kernel);
        if (!kernel.NoiseBeforeQuantizer) Noise(writer, kernel, kernel.ActivationNoise, "activation", "a");
        Store(writer, kernel);
        writer.Write("from = ref Unsafe.Add(ref from, 128); values = ref Unsafe.Add(ref values, 128);");
        if (kernel.IsSum) writer.Write("added = ref Unsafe.Add(ref added, 128);");
        if (kernel.HasMarks) writer.Write("marks = ref Unsafe.Add(ref marks, 8);");
        if (kernel.HasSlopes) writer.Write("slope = ref Unsafe.Add(ref slope, 128);");
        if (kernel.HasErrors) writer.Write("error = ref Unsafe.Add(ref error, 128);");
        if (kernel.HasRest) writer.Write("left -= 4;");
    }

    private static void Norm(SourceWriter writer)
    {
        writer.Write("ref float scale = ref Unsafe.Add(ref scales, channel), shift = ref Unsafe.Add(ref shifts, channel);");
        for (int i = 0; i < 4; i++)
        {
            string index = i == 0 ? "" : $", {i}";
            string scale = i == 0 ? "scale" : $"Unsafe.Add(ref scale{index})", shift = i == 0 ? "shift" : $"Unsafe.Add(ref shift{index})";
            writer.Write($"v{i} = Vector512.FusedMultiplyAdd(v{i}, Vector512.Create({scale}), Vector512.Create({shift}));");
        }

        writer.Write("channel = channel == period - 4 ? 0 : channel + 4;");
    }

    // d: where the gradient stops; s: the derivative.
    private static void Activate(SourceWriter writer, ActivationNode activation)
    {
        for (int i = 0; i < 4; i++)
        {
            writer.Write(activation.Kind switch
            {
                Activation.Relu => $$"""
                    Vector512<float> d{{i}} = Vector512.LessThanOrEqual(v{{i}}, Vector512<float>.Zero);
                    v{{i}} = Vector512.ConditionalSelect(d{{i}}, Vector512<float>.Zero, v{{i}});
                    """,
                Activation.LeakyRelu => $$"""
                    Vector512<float> d{{i}} = Vector512.LessThanOrEqual(v{{i}}, Vector512<float>.Zero);
                    Vector512<float> s{{i}} = Vector512.ConditionalSelect(d{{i}}, Vector512.Create({{SourceWriter.Literal(activation.Slope)}}), Vector512<float>.One);
                    v{{i}} *= s{{i}};
                    """,
                Activation.Sigmoid => $$"""
                    v{{i}} = LaneActivation.Sigmoid(v{{i}});
                    Vector512<float> s{{i}} = v{{i}} * (Vector512<float>.One - v{{i}});
                    """,
                _ => $$"""
                    v{{i}} = LaneActivation.Tanh(v{{i}});
                    Vector512<float> s{{i}} = (Vector512<float>.One - v{{i}}) * (Vector512<float>.One + v{{i}});
                    """,
            });
        }
    }

    // Unsigned levels need a lower end only where noise may have gone below zero.
    private static void Quantize(SourceWriter writer, ActivationQuantizerNode quantizer, RowKernel kernel)
    {
        int highest = quantizer.Signed ? (1 << (quantizer.Bits - 1)) - 1 : (1 << quantizer.Bits) - 1, lowest = quantizer.Signed ? -highest - 1 : 0;
        bool hasLowest = quantizer.Signed || kernel.NoiseBeforeQuantizer;
        for (int i = 0; i < 4; i++)
        {
            string above = $"Vector512.GreaterThan(q{i}, Vector512.Create({highest}f))";
            string outside = hasLowest ? $"({above} | Vector512.LessThan(q{i}, Vector512.Create({lowest}f)))" : above;
            string inside = hasLowest ? $"Vector512.Max(q{i}, Vector512.Create({lowest}f))" : $"q{i}";
            if (quantizer.Learned)
            {
                LearnedQuantize(writer, kernel, i, outside, $"Vector512.Min({inside}, Vector512.Create({highest}f))");
                continue;
            }

            writer.Write($$"""
                Vector512<float> q{{i}} = Vector512.Round(v{{i}} / Vector512.Create(step));
                {{(kernel.HasMarks ? $"d{i} |= {outside};" : $"s{i} = Vector512.AndNot(s{i}, {outside});")}}
                v{{i}} = Vector512.Min({{inside}}, Vector512.Create({{highest}}f)) * Vector512.Create(step);
                """);
        }
    }

    private static void LearnedQuantize(SourceWriter writer, RowKernel kernel, int i, string outside, string level) => writer.Write($$"""
        Vector512<float> t{{i}} = v{{i}} / Vector512.Create(step);
        Vector512<float> q{{i}} = Vector512.Round(t{{i}});
        Vector512<float> o{{i}} = {{outside}};
        q{{i}} = {{level}};
        Vector512<float> e{{i}} = q{{i}} - Vector512.AndNot(t{{i}}, o{{i}});
        {{(kernel.IsRelu ? $"d{i} |= o{i};\n" : "")}}v{{i}} = Vector512.ConditionalSelect(observes, v{{i}}, q{{i}} * Vector512.Create(step));
        """);

    private static void Store(SourceWriter writer, RowKernel kernel)
    {
        for (int i = 0; i < 4; i++)
        {
            string store = $"v{i}.StoreUnsafe(ref values{Offset(i)});";
            if (kernel.HasMarks) store += $" {(i == 0 ? "marks" : $"Unsafe.Add(ref marks, {i * 2})")} = (ushort){(kernel.IsRelu ? "d" : "o")}{i}.ExtractMostSignificantBits();";
            if (kernel.HasSlopes) store += $" s{i}.StoreUnsafe(ref slope{Offset(i)});";
            if (kernel.HasErrors) store += $" e{i}.StoreUnsafe(ref error{Offset(i)});";
            bool isLone = store.IndexOf(';') == store.Length - 1;
            writer.Write(kernel.HasRest && i > 0 ? $"if (left > {i}) {(isLone ? store : $"{{ {store} }}")}" : store);
        }
    }

    private static string Offset(int element) => element == 0 ? "" : $", {element * 32}";

    private static void Noise(SourceWriter writer, RowKernel kernel, NoiseStruct? noise, string site, string prefix)
    {
        if (noise is null) return;
        string Samples(string suffix) => string.Join(", ", Enumerable.Range(0, 4).Select(i => $"out Vector512<float> {prefix}{suffix}{i}"));
        if (noise.InRanges) writer.Write($"if ({site}.Measures) {site}.Measure(half, {(kernel.HasRest ? "left" : "4")}, v0, v1, v2, v3);");
        using (writer.Block($"if ({site}.Active)"))
        {
            if (noise.Form == NoiseForm.Combined)
            {
                writer.Write($"{site}.Multiplicative.Next(next, half, {Samples("m")});\n{site}.Additive.Next(next, half, {Samples("a")});");
                for (int i = 0; i < 4; i++)
                    writer.Write($"v{i} = {noise.Code}.Apply(v{i}, {site}.Multiplicative.Sigma(half), {site}.Additive.Sigma(half), {prefix}m{i}, {prefix}a{i});");
                return;
            }

            writer.Write($"{site}.Next(next, half, {Samples("")});");
            for (int i = 0; i < 4; i++) writer.Write($"v{i} = {noise.Code}.Apply(v{i}, {site}.Sigma(half), {prefix}{i});");
        }
    }

    private static string Summary(RowKernel kernel)
    {
        List<string> parts = [];
        void Add(NoiseStruct? kind, string what)
        {
            if (kind is not null) parts.Add(what);
        }

        Add(kernel.LinearNoise, NoiseName(kernel.LinearNoise));
        if (kernel.HasNorm) parts.Add("batch norm");
        Add(kernel.NormNoise, NoiseName(kernel.NormNoise));
        if (kernel.IsSum) parts.Add("sum");
        Add(kernel.SumNoise, NoiseName(kernel.SumNoise));
        if (kernel.Activation is { } activation) parts.Add(NameOf(activation));
        if (kernel.NoiseBeforeQuantizer) Add(kernel.ActivationNoise, NoiseName(kernel.ActivationNoise));
        if (kernel.Quantizer is { } quantizer) parts.Add($"{quantizer.Bits}-bit quantizer{(quantizer.Learned ? " of a learned scale" : "")}");
        if (!kernel.NoiseBeforeQuantizer) Add(kernel.ActivationNoise, NoiseName(kernel.ActivationNoise));
        return string.Join(" → ", parts);
    }

    private static string NameOf(ActivationNode activation) => activation.Kind switch
    {
        Activation.Relu => "ReLU",
        Activation.LeakyRelu => "leaky ReLU",
        Activation.Sigmoid => "sigmoid",
        _ => "tanh",
    };

    private static string NoiseName(NoiseStruct? noise) => noise is null ? "" : noise.Name.ToLowerInvariant() + " noise";
}
