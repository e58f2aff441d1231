namespace NoiseGen;

/// <summary>Images of one shape with a label each, held in memory as bytes.</summary>
public sealed class ImageDataset
{
    private readonly byte[] _pixels;
    private readonly byte[] _labels;

    /// <param name="name">What tables and messages call it.</param>
    /// <param name="shape">Shape of one image.</param>
    /// <param name="classes">Number of classes, 1 … 256.</param>
    /// <param name="pixels">Image × channel × row × column. Not copied: do not change it afterwards.</param>
    /// <param name="labels">The class of each image, 0 … <paramref name="classes"/> − 1. Not copied.</param>
    /// <exception cref="ArgumentException">There is no image, the pixels are not those of as many images as there are labels, or a label is not a class.</exception>
    public ImageDataset(string name, Shape shape, int classes, byte[] pixels, byte[] labels)
    {
        shape.Check(name, nameof(shape));
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes, 256);
        if (labels.Length == 0)
            throw new ArgumentException($"{name}: a data set has at least one image; found no labels.", nameof(labels));
        if (pixels.LongLength != (long)labels.Length * shape.Count)
            throw new ArgumentException($"{name}: {labels.Length} labels need {(long)labels.Length * shape.Count} pixels of images of {shape}; found {pixels.LongLength}.", nameof(pixels));
        int wrong = labels.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(classes - 1));
        if (wrong >= 0)
            throw new ArgumentException($"{name}: the label of image {wrong} is {labels[wrong]}; allowed are 0 … {classes - 1}.", nameof(labels));

        (Name, Shape, Classes, _pixels, _labels) = (name, shape, classes, pixels, labels);
    }

    /// <summary>What tables and messages call it.</summary>
    public string Name { get; }

    /// <summary>Shape of one image.</summary>
    public Shape Shape { get; }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Number of images, at least 1.</summary>
    public int Count => _labels.Length;

    /// <summary>How loaders make inputs of the pixels: <see cref="Normalization.None"/> unless given.</summary>
    /// <exception cref="ArgumentException">It has a number of channels other than 1 and the images'.</exception>
    public Normalization Normalization
    {
        get;
        init => field = value.IsUniform || value.Mean.Length == Shape.Channels
            ? value
            : throw new ArgumentException($"{Name}: images of {Shape} need a normalisation for 1 or {Shape.Channels} channels; found {value.Mean.Length}.");
    } = Normalization.None;

    /// <summary>The pixels of all images, image × channel × row × column.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>The classes of all images.</summary>
    public ReadOnlySpan<byte> Labels => _labels;

    /// <summary>The pixels of one image, channel × row × column.</summary>
    /// <param name="image">0 … <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public ReadOnlySpan<byte> Image(int image)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)image, (uint)Count, nameof(image));
        return _pixels.AsSpan(image * Shape.Count, Shape.Count);
    }

    /// <summary>The first images alone, as a data set of their own.</summary>
    /// <param name="count">How many, 1 … <see cref="Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many, or none are asked for.</exception>
    public ImageDataset Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        return new(Name, Shape, Classes, _pixels[..(count * Shape.Count)], _labels[..count]) { Normalization = Normalization };
    }

    /// <summary>Such as <c>MNIST: 60,000 images of 1×28×28, 10 classes</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name}: {Count:#,0} images of {Shape}, {Classes} classes");
}

/// <summary>Images to train with and images to test with.</summary>
/// <param name="Train">For training.</param>
/// <param name="Test">For evaluation, never seen in training.</param>
public sealed record DataSplit(ImageDataset Train, ImageDataset Test);
