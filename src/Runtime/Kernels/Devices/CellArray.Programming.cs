using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static NoiseGen.CompilerServices.CellGroup;

namespace NoiseGen.CompilerServices;

/// <summary>The cells of one kind.</summary>
/// <typeparam name="TDevice">The kind.</typeparam>
internal sealed class CellArray<TDevice>(DeviceDescription description, int stage, int outputs, int inputs)
    : CellArray(description, stage, outputs, inputs)
    where TDevice : struct, IMemoryDevice
{
    // Random numbers of the cells of both signs. Of each thread, made once.
    [ThreadStatic]
    private static Arena? s_workspace;

    [SkipLocalsInit]
    protected override void ProgramGroups(ReadOnlySpan<float> weights, int start, int end)
    {
        ChipPass chip = Chip!.Value;
        s_workspace ??= new Arena(2 * CellRandom.Workspace);
        var positive = new CellRandom(chip.Number, ReadKey, Stage, isNegative: false, ref s_workspace.At(0));
        var negative = new CellRandom(chip.Number, ReadKey, Stage, isNegative: true, ref s_workspace.At(CellRandom.Workspace));
        Span<float> parts = stackalloc float[Size], largest = stackalloc float[Size];
        Span<float> left = stackalloc float[3 * Size], right = stackalloc float[3 * Size];
        for (int group = start; group < end; group++)
        {
            ReadOnlySpan<float> own = weights.Slice(group * Size, Math.Min(Size, weights.Length - group * Size));
            FillLargest(largest, group * Size);
            Targets(own, largest, 1f, parts);
            Cells(chip, positive, group, parts, new CellStates(left));
            Targets(own, largest, -1f, parts);
            Cells(chip, negative, group, parts, new CellStates(right));
            Pair(new CellStates(left), new CellStates(right), largest, Results(group * Size));
        }
    }

    // max(±w, 0) / W; 0 behind the last weight, and where all weights are 0.
    private static void Targets(ReadOnlySpan<float> weights, ReadOnlySpan<float> largest, float sign, Span<float> targets)
    {
        targets[weights.Length..].Clear();
        for (int i = 0; i < weights.Length; i++)
            targets[i] = largest[i] > 0f ? MathF.Max(sign * weights[i], 0f) / largest[i] : 0f;
    }

    // Programs, ages and reads the cells of one sign.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Cells(ChipPass chip, in CellRandom random, int group, Span<float> targets, CellStates states)
    {
        Span<float> programming = stackalloc float[Size], ageing = stackalloc float[Size], reading = stackalloc float[Size];
        random.Programming(group, programming);
        ChipAge history = chip.Age ?? default;
        if (chip.Age is not null)
        {
            random.Ageing(group, ageing);
            random.Reading(group, reading);
        }

        var age = new CellAge(Vector512.Create(history.Seconds), Vector512.Create(history.DriftScale));
        for (int i = 0; i < Size; i += 16)
        {
            Vector512<float> target = Vector512.LoadUnsafe(ref targets[i]);
            Vector512<float> sample = Vector512.LoadUnsafe(ref programming[i]) * Vector512.Create(chip.ProgrammingScale);
            Vector512<float> programmed = Positive(TDevice.Programmed(target, sample)), aged = programmed, read = programmed;
            if (chip.Age is not null)
            {
                aged = Positive(TDevice.Aged(programmed, target, age, sample, Vector512.LoadUnsafe(ref ageing[i])));
                Vector512<float> deviation = TDevice.ReadDeviation(aged, target, age) * Vector512.Create(history.ReadScale);
                read = Positive(Vector512.FusedMultiplyAdd(deviation, Vector512.LoadUnsafe(ref reading[i]), aged));
            }

            states.Store(i, programmed, aged, read);
        }

        if (chip.StuckOff > 0f || chip.StuckOn > 0f) Stick(chip, random, group, states);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Positive(Vector512<float> conductances) => Vector512.Max(conductances, Vector512<float>.Zero);

    // A stuck cell is what it is whatever is programmed, at every age and for every read.
    [SkipLocalsInit]
    private static void Stick(ChipPass chip, in CellRandom random, int group, CellStates states)
    {
        Span<uint> words = stackalloc uint[Size];
        random.Faults(group, words);
        for (int i = 0; i < Size; i++)
        {
            // Number is below 1 and exact in double precision.
            double number = words[i] / 4294967296.0;
            if (number < chip.StuckOff) states.Stick(i, 0f);
            else if (number >= 1.0 - chip.StuckOn) states.Stick(i, 1f);
        }
    }

    // What is read of each pair is a weight.
    private static void Pair(CellStates positive, CellStates negative, ReadOnlySpan<float> largest, CellResults results)
    {
        for (int i = 0; i < Size; i += 16)
        {
            Vector512<float> scale = Vector512.LoadUnsafe(in largest[i]);
            ((positive.Read(i) - negative.Read(i)) * scale).StoreUnsafe(ref results.Values, (nuint)i);
            if (!results.KeepsMagnitudes) continue;
            (Vector512.Abs(positive.Programmed(i) - negative.Programmed(i)) * scale).StoreUnsafe(ref results.Programmed, (nuint)i);
            (Vector512.Abs(positive.Aged(i) - negative.Aged(i)) * scale).StoreUnsafe(ref results.Aged, (nuint)i);
        }
    }
}
