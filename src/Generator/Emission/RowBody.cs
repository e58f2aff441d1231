using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Loops;
using NoiseGen.Generator.Loops.Kernels;
using NoiseGen.Generator.Model;
using NoiseGen.Generator.Planning;
using static NoiseGen.Generator.Emission.Expressions;

namespace NoiseGen.Generator.Emission;

/// <summary>The vectors that an elementwise pass computes with.</summary>
/// <param name="Bits">Bits of a vector.</param>
/// <param name="Part">Name of the loop's variable, which counts a block's vectors.</param>
internal sealed record RowWidth(int Bits, string Part)
{
    /// <summary>Halves of a block, with AVX-512 or what the compiler makes of it.</summary>
    public static RowWidth Wide { get; } = new(512, "half");

    /// <summary>Quarters of a block: halves of 512-bit vectors would be more calls than the compiler inlines.</summary>
    public static RowWidth Narrow { get; } = new(256, "quarter");

    public int Lanes => Bits / 32;

    public int Parts => LaneLayout.Lanes / Lanes;

    public string Vector => $"Vector{Bits}";
}

/// <summary>Prints the loops of an elementwise pass, four elements at a time, for vectors of one width.</summary>
internal sealed class RowBody(SourceWriter writer, RowLoops loops, RowWidth width)
{
    private const int Elements = RowLoops.Elements;

    private readonly RowKernel _kernel = loops.Kernel;

    private string V => width.Vector;

    private bool IsWide => width == RowWidth.Wide;

    // A mask has a bit for each lane; an element's masks fill two ushorts.
    private string Mask => IsWide ? "ushort" : "byte";

    public void Emit()
    {
        foreach (RowStep.Quantize quantize in loops.Steps.OfType<RowStep.Quantize>()) Levels(quantize);
        string part = width.Part, first = $"{part} * {width.Lanes}";
        using (writer.Block($"for (nint {part} = 0; {part} < {width.Parts}; {part}++)"))
        {
            writer.Write($"ref float from = ref Unsafe.Add(ref source, {first}), values = ref Unsafe.Add(ref target, {first});");
            if (_kernel.IsSum) writer.Write($"ref float added = ref Unsafe.Add(ref second, {first});");
            if (_kernel.HasMasks)
                writer.Write($"ref {Mask} mask = ref Unsafe.Add(ref {(IsWide ? "masks" : "Unsafe.As<ushort, byte>(ref masks)")}, {part});");
            if (_kernel.HasSlopes) writer.Write($"ref float slope = ref Unsafe.Add(ref slopes, {first});");
            if (_kernel.HasErrors) writer.Write($"ref float error = ref Unsafe.Add(ref errors, {first});");
            if (_kernel.HasNorm) writer.Write("nint channel = 0;");
            if (_kernel.HasTail) writer.Write("nint left = elements;");
            string groups = _kernel.HasTail ? "(elements + 3) / 4" : "groups";
            using (writer.Block($"for (nint next = group; next < group + {groups}; next++)")) Group();
        }
    }

    private void Group()
    {
        foreach (RowStep step in loops.Steps) Emit(step);
        writer.Write("from = ref Unsafe.Add(ref from, 128);\nvalues = ref Unsafe.Add(ref values, 128);");
        if (_kernel.IsSum) writer.Write("added = ref Unsafe.Add(ref added, 128);");
        if (_kernel.HasMasks) writer.Write($"mask = ref Unsafe.Add(ref mask, {Elements * width.Parts});");
        if (_kernel.HasSlopes) writer.Write("slope = ref Unsafe.Add(ref slope, 128);");
        if (_kernel.HasErrors) writer.Write("error = ref Unsafe.Add(ref error, 128);");
        if (_kernel.HasTail) writer.Write("left -= 4;");
    }

    private void Emit(RowStep step)
    {
        switch (step)
        {
            case RowStep.Load: ForEach(i => $"{V}<float> v{i} = {V}.LoadUnsafe(ref from{Offset(i)});"); break;
            case RowStep.AddNoise noise: Noise(noise.Noise, noise.Site, Prefix(noise.Site)); break;
            case RowStep.Norm: Norm(); break;
            case RowStep.AddSecond: ForEach(i => $"v{i} += {V}.LoadUnsafe(ref added{Offset(i)});"); break;
            case RowStep.Activate activate: Activate(activate.Activation); break;
            case RowStep.Quantize quantize: Quantize(quantize); break;
            case RowStep.Store: Store(); break;
            default: throw new NotSupportedException($"No method prints {step.GetType().Name}.");
        }
    }

    // What the names of a site's samples begin with.
    private static string Prefix(string site) => site == StageSite.Sum ? "m" : site.Substring(0, 1);

    private void Norm()
    {
        writer.Write("ref float scale = ref Unsafe.Add(ref scales, channel), shift = ref Unsafe.Add(ref shifts, channel);");
        ForEach(i => $"v{i} = {V}.FusedMultiplyAdd(v{i}, {V}.Create({Element("scale", i)}), {V}.Create({Element("shift", i)}));");
        writer.Write("channel = channel == period - 4 ? 0 : channel + 4;");
    }

    private void Activate(ActivationNode activation)
    {
        foreach (Func<int, string> statement in activation.Operation.Code(V, SourceWriter.Literal(activation.Slope))) ForEach(statement);
    }

    // Copies: no store into a row can change them, as it might what a reference leads to.
    private void Levels(RowStep.Quantize quantize)
    {
        string lowest = quantize.HasLowest ? ", lowest = levels.Lowest" : "";
        writer.Write(
            $"bool rounds = levels.Active{(quantize.Quantizer.Learned ? ", adapts = levels.Adapts" : "")};\nfloat step = levels.Step{lowest}, highest = levels.Highest;");
    }

    private void Quantize(RowStep.Quantize quantize)
    {
        (RowQuantizer quantizer, bool hasLowest) = (quantize.Quantizer, quantize.HasLowest);
        string Above(int i) => $"{V}.GreaterThan(q{i}, {V}.Create(highest))";
        string Outside(int i) => hasLowest ? $"({Above(i)} | {V}.LessThan(q{i}, {V}.Create(lowest)))" : Above(i);
        string Inside(int i) => hasLowest ? $"{V}.Max(q{i}, {V}.Create(lowest))" : $"q{i}";
        // One instruction, which of a number and NaN gives its second operand: NaN has to stay NaN.
        string Level(int i) => $"{V}.MinNative({V}.Create(highest), {Inside(i)})";
        if (quantizer.Learned) ForEach(i => $"{V}<float> o{i} = {V}<float>.Zero;");
        using (writer.Block("if (rounds)"))
        {
            if (quantizer.Learned)
            {
                LearnedQuantize(Outside, Level);
                return;
            }

            ForEach(i => $"{V}<float> q{i} = {V}.Round(v{i} / {V}.Create(step));");
            ForEach(i => _kernel.HasMasks ? $"d{i} |= {Outside(i)};" : $"s{i} = {V}.AndNot(s{i}, {Outside(i)});");
            ForEach(i => $"v{i} = {Level(i)} * {V}.Create(step);");
        }
    }

    // o: what lies outside the levels. Errors are what the rounding adds, in steps.
    private void LearnedQuantize(Func<int, string> outside, Func<int, string> level)
    {
        ForEach(i => $"{V}<float> t{i} = v{i} / {V}.Create(step), q{i} = {V}.Round(t{i});");
        ForEach(i => $"o{i} = {outside(i)};");
        ForEach(i => $"q{i} = {level(i)};");
        using (writer.Block("if (adapts)"))
        {
            for (int i = 0; i < Elements; i++) Checked(i, [$"(q{i} - {V}.AndNot(t{i}, o{i})).StoreUnsafe(ref error{Offset(i)});"]);
        }

        if (_kernel.ActivationMasks) ForEach(i => $"d{i} |= o{i};");
        ForEach(i => $"v{i} = q{i} * {V}.Create(step);");
    }

    private void Store()
    {
        for (int i = 0; i < Elements; i++)
        {
            List<string> stores = [$"v{i}.StoreUnsafe(ref values{Offset(i)});"];
            if (_kernel.HasMasks)
                stores.Add($"{Element("mask", i * width.Parts)} = ({Mask}){(_kernel.ActivationMasks ? "d" : "o")}{i}.ExtractMostSignificantBits();");
            if (_kernel.HasSlopes) stores.Add($"s{i}.StoreUnsafe(ref slope{Offset(i)});");
            Checked(i, stores);
        }
    }

    // The tail of a row has fewer than four elements.
    private void Checked(int element, List<string> statements)
    {
        if (!_kernel.HasTail || element == 0)
        {
            foreach (string statement in statements) writer.Write(statement);
            return;
        }

        using (writer.Block($"if (left > {element})"))
        {
            foreach (string statement in statements) writer.Write(statement);
        }
    }

    private void Noise(NoiseStruct noise, string site, string prefix)
    {
        string part = width.Part;
        string Samples(string suffix) =>
            string.Join(", ", Enumerable.Range(0, Elements).Select(i => $"out {V}<float> {prefix}{suffix}{i}"));
        string apply = IsWide ? $"{noise.Code}.Apply" : $"NarrowNoise.Apply<{noise.Code}>";
        if (noise.InRanges)
            writer.Write($"if ({site}.Measures) {site}.Measure({part}, {(_kernel.HasTail ? "left" : "4")}, v0, v1, v2, v3);");
        using (writer.Block($"if ({site}.Active)"))
        {
            if (noise.Form == NoiseForm.Combined)
            {
                writer.Write(
                    $"{site}.Multiplicative.Next(next, {part}, {Samples("m")});\n{site}.Additive.Next(next, {part}, {Samples("a")});");
                writer.Write(
                    $"{V}<float> {prefix}mSigma = {Sigma($"{site}.Multiplicative")}, {prefix}aSigma = {Sigma($"{site}.Additive")};");
                ForEach(i => $"v{i} = {apply}(v{i}, {prefix}mSigma, {prefix}aSigma, {prefix}m{i}, {prefix}a{i});");
                return;
            }

            writer.Write($"{site}.Next(next, {part}, {Samples("")});");
            writer.Write($"{V}<float> {prefix}Sigma = {Sigma(site)};");
            ForEach(i => $"v{i} = {apply}(v{i}, {prefix}Sigma, {prefix}{i});");
        }
    }

    private string Sigma(string site) => $"{site}.{(IsWide ? "Sigma" : "NarrowSigma")}({width.Part})";

    // One statement for each element.
    private void ForEach(Func<int, string> statement)
    {
        for (int i = 0; i < Elements; i++) writer.Write(statement(i));
    }

    private static string Offset(int element) => TileEmitter.Offset(element * LaneLayout.Lanes);
}
