using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen.CompilerServices;

/// <summary>
/// The random numbers of the cells of one sign in a layer, a group of weights at a time. Every one equals <see cref="CellNoise"/>'s.
/// </summary>
internal readonly ref struct CellRandom
{
    /// <summary>Floats of workspace that an instance needs.</summary>
    public const int Workspace = 4 * PhiloxLanes.Workspace;

    private readonly PhiloxLanes _programming, _ageing, _reading, _faults;

    /// <param name="chip">Number of the chip.</param>
    /// <param name="read">The realisation of what is read.</param>
    /// <param name="stage">Index of the stage.</param>
    /// <param name="isNegative">Whether they are the cells of the weights' negative parts.</param>
    /// <param name="workspace"><see cref="Workspace"/> floats, aligned to 64 bytes.</param>
    public CellRandom(uint chip, NoiseKey read, int stage, bool isNegative, ref float workspace)
    {
        PhiloxLanes OfChip(CellDraw draw, ref float memory) =>
            new(CellNoise.ChipKey(chip), CellNoise.ChipWord(stage, draw), 0, ref memory);
        _programming = OfChip(
            isNegative ? CellDraw.NegativeProgramming : CellDraw.PositiveProgramming, ref workspace);
        _ageing = OfChip(
            isNegative ? CellDraw.NegativeAging : CellDraw.PositiveAging, ref Unsafe.Add(ref workspace, PhiloxLanes.Workspace));
        _faults = OfChip(
            isNegative ? CellDraw.NegativeFault : CellDraw.PositiveFault, ref Unsafe.Add(ref workspace, 2 * PhiloxLanes.Workspace));
        CellDraw reading = isNegative ? CellDraw.NegativeReading : CellDraw.PositiveReading;
        _reading = new(read, CellNoise.ReadWord(read, stage, reading), 0, ref Unsafe.Add(ref workspace, 3 * PhiloxLanes.Workspace));
    }

    /// <summary>The samples of a group's programming.</summary>
    public void Programming(int group, Span<float> samples) => Samples(_programming, group, ref samples[0]);

    /// <summary>The samples of how a group ages.</summary>
    public void Ageing(int group, Span<float> samples) => Samples(_ageing, group, ref samples[0]);

    /// <summary>The samples of what is read of a group.</summary>
    public void Reading(int group, Span<float> samples) => Samples(_reading, group, ref samples[0]);

    /// <summary>The words that decide which cells of a group are stuck.</summary>
    public void Faults(int group, Span<uint> words)
    {
        for (int half = 0; half < 2; half++)
        {
            _faults.Next(group, half, out Vector512<uint> b0, out Vector512<uint> b1, out Vector512<uint> b2, out Vector512<uint> b3);
            ref uint target = ref words[half * 64];
            b0.StoreUnsafe(ref target);
            b1.StoreUnsafe(ref target, 16);
            b2.StoreUnsafe(ref target, 32);
            b3.StoreUnsafe(ref target, 48);
        }
    }

    private static void Samples(in PhiloxLanes random, int group, ref float samples)
    {
        for (int half = 0; half < 2; half++)
        {
            random.Next(group, half, out Vector512<uint> b0, out Vector512<uint> b1, out Vector512<uint> b2, out Vector512<uint> b3);
            ref float target = ref Unsafe.Add(ref samples, half * 64);
            GaussianTransform.Sample(b0).StoreUnsafe(ref target);
            GaussianTransform.Sample(b1).StoreUnsafe(ref target, 16);
            GaussianTransform.Sample(b2).StoreUnsafe(ref target, 32);
            GaussianTransform.Sample(b3).StoreUnsafe(ref target, 48);
        }
    }
}
