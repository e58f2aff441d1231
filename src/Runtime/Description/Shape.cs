namespace NoiseGen;

/// <summary>The shape of one image's activations; a flat vector is <c>features×1×1</c>.</summary>
/// <param name="Channels">Channels, or features of a flat vector.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public readonly record struct Shape(int Channels, int Height, int Width)
{
    /// <summary>A flat vector's shape.</summary>
    public Shape(int features) : this(features, 1, 1) { }

    /// <summary>Elements of one image.</summary>
    public int Count => Channels * Height * Width;

    /// <summary>Whether this is a vector of features rather than an image.</summary>
    public bool IsFlat => Height == 1 && Width == 1;

    internal void Check(string owner, string parameter)
    {
        if (Channels < 1 || Height < 1 || Width < 1)
            throw new ArgumentException($"{owner}: an image has at least one channel, row and column; found {this}.", parameter);
    }

    /// <inheritdoc/>
    public override string ToString() => IsFlat ? $"{Channels}" : $"{Channels}×{Height}×{Width}";
}
