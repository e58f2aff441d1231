namespace NoiseGen.Tests.RandomNetworks;

/// <summary>
/// What random declarations may contain beside square convolutions, dense layers, ReLUs, square pools, noise and quantizers.
/// </summary>
[Flags]
internal enum Feature
{
    None = 0,
    LeakyRelu = 1 << 0,
    Sigmoid = 1 << 1,
    Tanh = 1 << 2,
    BatchNorm = 1 << 3,
    Dropout = 1 << 4,
    GlobalPool = 1 << 5,

    /// <summary>Kernels that are not square, and strides and paddings that differ in the two directions.</summary>
    Windows = 1 << 6,
    Groups = 1 << 7,
    NoBias = 1 << 8,

    /// <summary>A stage that reads an earlier one's output, or the network's input.</summary>
    From = 1 << 9,
    Add = 1 << 10,
    Concat = 1 << 11,

    /// <summary>Blocks, repeated, with residuals or concatenations of their own input.</summary>
    Blocks = 1 << 12,

    /// <summary>Sizes that are reckoned from a block's channels and stride.</summary>
    Arithmetic = 1 << 13,
    All = (1 << 14) - 1,
}
