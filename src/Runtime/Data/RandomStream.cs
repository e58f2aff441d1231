namespace NoiseGen;

/// <summary>
/// The last word of the <see cref="Philox"/> counters that data are drawn by. Noise has the site there, below 2^16, with or without the top bit; the bit
/// below it keeps data apart from noise of the same seed.
/// </summary>
internal enum RandomStream : uint
{
    Order = 0x40000001,
    Augmentation = 0x40000002,
    TrainDigits = 0x40000003,
    TestDigits = 0x40000004,
}
