namespace NoiseGen;

/// <summary>The last words of the <see cref="CompilerServices.Philox"/> counters from which data are drawn.</summary>
internal enum RandomStream : uint
{
    Order = StreamWord.Data | 1,
    Augmentation = StreamWord.Data | 2,
    TrainDigits = StreamWord.Data | 3,
    TestDigits = StreamWord.Data | 4,
    OwnAugmentation = StreamWord.Data | 5,
    Split = StreamWord.Data | 6,
}
