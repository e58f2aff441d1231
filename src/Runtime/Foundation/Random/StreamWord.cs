namespace NoiseGen;

/// <summary>
/// The last word of every <see cref="CompilerServices.Philox"/> counter, so that no two uses of one seed share their random numbers: the
/// number of a noise site or stage, below 2^16, with bits that say what is drawn; or a distinct word.
/// </summary>
internal static class StreamWord
{
    /// <summary>Evaluation instead of a training step.</summary>
    public const uint Evaluation = 0x80000000;

    /// <summary>Order and augmentation of data, and drawn digits, which <see cref="RandomStream"/> numbers.</summary>
    public const uint Data = 0x40000000;

    /// <summary>The second of a site's two samples.</summary>
    public const uint Second = 0x20000000;

    /// <summary>Noise or drift of a weight.</summary>
    public const uint Weights = 0x10000000;

    /// <summary>Fixed pattern of a device.</summary>
    public const uint Device = 0x08000000;

    /// <summary>Dropout of a stage.</summary>
    public const uint Dropout = 0x04000000;

    /// <summary>A memory cell's random number: what it is for is written in bits 16 to 18.</summary>
    public const uint Cells = 0x02000000;

    /// <summary>The sigma of one image.</summary>
    public const uint Image = 0x1FFFFFFF;

    /// <summary>The initial parameters: "INIT".</summary>
    public const uint Parameters = 0x494E4954;
}
