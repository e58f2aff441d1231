using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// The definition of every random number of the memory cells, one at a time: what a chip's programming draws sixteen at a time.
/// For reference implementations and replays.
/// </summary>
/// <remarks>
/// Programming, ageing and stuck cells are functions of the chip, the stage and the weight: a chip is the same for all networks, and stays
/// the same as it ages. Reading depends on the network's seed and on the draw of the evaluation instead.
/// </remarks>
public static class CellNoise
{
    // Where the draw's number lies in a stream's word.
    private const int DrawShift = 16;

    /// <summary>The realisation of a chip.</summary>
    internal static NoiseKey ChipKey(uint chip) => GaussianNoise.DeviceKey(chip);

    /// <summary>The stream of a chip's random numbers of one kind.</summary>
    internal static uint ChipWord(int stage, CellDraw draw) => GaussianNoise.DeviceWord(Word(stage, draw));

    /// <summary>The stream of what an evaluation reads.</summary>
    internal static uint ReadWord(NoiseKey key, int stage, CellDraw draw) => GaussianNoise.SiteWord(key, 0) | Word(stage, draw);

    /// <summary>A standard Gaussian sample of one weight of a chip.</summary>
    /// <param name="chip">Number of the chip.</param>
    /// <param name="stage">Index of the stage.</param>
    /// <param name="weight">Place of the weight in its tensor.</param>
    /// <param name="draw">What it is for: programming or ageing.</param>
    public static float ChipSample(uint chip, int stage, int weight, CellDraw draw) =>
        WeightNoise.Sample(ChipKey(chip), ChipWord(stage, draw), weight);

    /// <summary>A standard Gaussian sample of what an evaluation reads of one weight.</summary>
    /// <param name="key">The realisation: that of the evaluation's other noise.</param>
    /// <param name="stage">Index of the stage.</param>
    /// <param name="weight">Place of the weight in its tensor.</param>
    /// <param name="draw">What it is for: reading.</param>
    public static float ReadSample(NoiseKey key, int stage, int weight, CellDraw draw) =>
        WeightNoise.Sample(key, ReadWord(key, stage, draw), weight);

    /// <summary>
    /// The uniform number in [0, 1) that decides whether a cell of a chip is stuck: below <see cref="NeuralNetwork.StuckOff"/> at
    /// conductance 0, from 1 − <see cref="NeuralNetwork.StuckOn"/> on at the largest.
    /// </summary>
    /// <param name="chip">Number of the chip.</param>
    /// <param name="stage">Index of the stage.</param>
    /// <param name="weight">Place of the weight in its tensor.</param>
    /// <param name="draw">What it is for: faults.</param>
    public static double FaultNumber(uint chip, int stage, int weight, CellDraw draw) =>
        WeightNoise.Bits(ChipKey(chip), ChipWord(stage, draw), weight) / 4294967296.0;

    private static uint Word(int stage, CellDraw draw) => (uint)stage | StreamWord.Cells | ((uint)draw << DrawShift);
}
