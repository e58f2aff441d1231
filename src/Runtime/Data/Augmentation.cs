using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// Random changes of training images, drawn anew for each image in each epoch: a crop of the padded image, then a horizontal flip, as
/// torchvision's <c>RandomCrop(size, padding)</c> and <c>RandomHorizontalFlip</c>. A dimension of length 1 is not changed: a signal, one
/// row of samples, moves only along the row, and a flat vector does not move.
/// </summary>
public sealed record Augmentation
{
    /// <summary>Nothing changes.</summary>
    public static Augmentation None { get; } = new();

    /// <summary>
    /// Black pixels (0; for bytes, before normalisation) added on every side before a window of the image's size is drawn; at least 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below zero.</exception>
    public int CropPadding
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The padding is at least 0.");
    }

    /// <summary>Whether images are mirrored left to right at random, with probability ½.</summary>
    public bool HorizontalFlip { get; init; }

    /// <summary>Whether anything can change.</summary>
    internal bool Changes => CropPadding > 0 || HorizontalFlip;

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of($"crop padding {CropPadding}{(HorizontalFlip ? ", horizontal flip" : "")}");

    /// <summary>The change of one image: a pure function of seed, epoch and image.</summary>
    internal (int Row, int Column, bool Flip) Draw(ulong seed, int epoch, int image, Shape shape)
    {
        Philox.Words random = Philox.Generate(new((uint)image, (uint)epoch, 0, (uint)RandomStream.Augmentation), seed);
        return (Shift(random.X0, shape.Height), Shift(random.X1, shape.Width), HorizontalFlip && (random.X2 >> 31) != 0);
    }

    // −padding … padding, all equally likely.
    private int Shift(uint random, int length) =>
        length == 1 ? 0 : (int)(((ulong)random * (2 * (uint)CropPadding + 1)) >> 32) - CropPadding;
}
