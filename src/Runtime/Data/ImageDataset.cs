using System.Collections.Immutable;
using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>Images of one shape with a label each, held in memory as bytes.</summary>
public sealed class ImageDataset
{
    private readonly byte[] _pixels;
    private readonly int[] _labels;

    /// <param name="name">Name in tables and messages.</param>
    /// <param name="shape">Shape of one image.</param>
    /// <param name="classes">Number of classes, at least 1.</param>
    /// <param name="pixels">Image × channel × row × column. Not copied: do not change it afterwards.</param>
    /// <param name="labels">The class of each image, 0 … <paramref name="classes"/> − 1. Not copied.</param>
    /// <exception cref="ArgumentException">There is no image, the pixels are not those of as many images as there are labels,
    /// or a label is not a class.</exception>
    public ImageDataset(string name, Shape shape, int classes, byte[] pixels, int[] labels)
    {
        shape.Check(name, nameof(shape));
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (labels.Length == 0)
            throw new ArgumentException($"{name}: a data set has at least one image; found no labels.", nameof(labels));
        if (pixels.LongLength != (long)labels.Length * shape.Count)
            throw new ArgumentException(
                $"{name}: {labels.Length} labels need {(long)labels.Length * shape.Count} pixels of images of {shape}; "
                    + $"found {pixels.LongLength}.",
                nameof(pixels));
        int wrong = labels.AsSpan().IndexOfAnyExceptInRange(0, classes - 1);
        if (wrong >= 0)
            throw new ArgumentException(
                $"{name}: the label of image {wrong} is {labels[wrong]}; allowed are 0 … {classes - 1}.", nameof(labels));

        (Name, Shape, Classes, _pixels, _labels) = (name, shape, classes, pixels, labels);
    }

    /// <summary>Images whose labels are bytes, of at most 256 classes.</summary>
    /// <inheritdoc cref="ImageDataset(string, Shape, int, byte[], int[])"/>
    public ImageDataset(string name, Shape shape, int classes, byte[] pixels, byte[] labels)
        : this(name, shape, classes, pixels, Array.ConvertAll(labels, label => (int)label))
    {
    }

    /// <summary>Name in tables and messages.</summary>
    public string Name { get; }

    /// <summary>Shape of one image.</summary>
    public Shape Shape { get; }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Names of the classes. Empty (the default) means that they have only numbers.</summary>
    /// <exception cref="ArgumentException">There are not as many names as classes.</exception>
    public ImmutableArray<string> ClassNames
    {
        get;
        init => field = value.IsDefaultOrEmpty ? []
            : value.Length == Classes ? value
            : throw new ArgumentException($"{Name}: {Classes} classes need {Classes} names; found {value.Length}.");
    } = [];

    /// <summary>Number of images, at least 1.</summary>
    public int Count => _labels.Length;

    /// <summary>How loaders convert pixels to inputs; <see cref="Normalization.None"/> by default.</summary>
    /// <exception cref="ArgumentException">It has a number of channels other than 1 and the images'.</exception>
    public Normalization Normalization
    {
        get;
        init => field = value.IsUniform || value.Mean.Length == Shape.Channels
            ? value
            : throw new ArgumentException(
                $"{Name}: images of {Shape} need a normalisation for 1 or {Shape.Channels} channels; found {value.Mean.Length}.");
    } = Normalization.None;

    /// <summary>The pixels of all images, image × channel × row × column.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>The classes of all images.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>The pixels of one image, channel × row × column.</summary>
    /// <param name="image">0 … <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public ReadOnlySpan<byte> Image(int image)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)image, (uint)Count, nameof(image));
        return _pixels.AsSpan(image * Shape.Count, Shape.Count);
    }

    /// <summary>Only the first images, as a separate data set.</summary>
    /// <param name="count">How many, 1 … <see cref="Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1 or above <see cref="Count"/>.</exception>
    public ImageDataset Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        return With(_pixels[..(count * Shape.Count)], _labels[..count]);
    }

    /// <summary>Some of the images, in the given order, as a separate data set.</summary>
    /// <param name="images">Their numbers, 0 … <see cref="Count"/> − 1; at least one.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public ImageDataset Select(ReadOnlySpan<int> images)
    {
        byte[] pixels = new byte[checked(images.Length * Shape.Count)];
        int[] labels = new int[images.Length];
        for (int i = 0; i < images.Length; i++)
        {
            Image(images[i]).CopyTo(pixels.AsSpan(i * Shape.Count));
            labels[i] = _labels[images[i]];
        }

        return With(pixels, labels);
    }

    /// <summary>
    /// Splits the images at random into some for training and some for testing, with the same share of each class, like scikit-learn's
    /// <c>train_test_split(stratify=labels)</c>. The same seed gives the same parts on every machine.
    /// </summary>
    /// <param name="test">The share for testing, above 0 and below 1: it is rounded to whole images in each class.</param>
    /// <param name="seed">Seeds the choice.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not in that range.</exception>
    /// <exception cref="InvalidOperationException">A part would have no image.</exception>
    public DataSplit Split(double test, ulong seed = 0)
    {
        if (!(test is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(test), test, "The share for testing is above 0 and below 1.");
        int[] order = [
            .. Enumerable.Range(0, Count).OrderBy(image => Philox.Generate(new((uint)image, 0, 0, (uint)RandomStream.Split), seed).X0)
                .ThenBy(image => image)];
        bool[] isTest = new bool[Count];
        foreach (IGrouping<int, int> one in order.GroupBy(image => _labels[image]))
        {
            int[] images = [.. one];
            foreach (int image in images.AsSpan(0, (int)Math.Round(test * images.Length, MidpointRounding.AwayFromZero)))
                isTest[image] = true;
        }

        int[] forTest = [.. Enumerable.Range(0, Count).Where(image => isTest[image])],
            forTraining = [.. Enumerable.Range(0, Count).Where(image => !isTest[image])];
        if (forTest.Length == 0 || forTraining.Length == 0)
            throw new InvalidOperationException(
                $"{Name}: {Count} images of {Classes} classes cannot be split so that both parts have some; choose another share "
                    + $"than {test}.");
        return new DataSplit(Select(forTraining), Select(forTest));
    }

    /// <summary>The same images with another normalisation; <see cref="Normalization.Of"/> measures it.</summary>
    /// <param name="normalization">How loaders convert pixels to inputs.</param>
    /// <exception cref="ArgumentException">It has a number of channels other than 1 and the images'.</exception>
    public ImageDataset Normalized(Normalization normalization) =>
        new(Name, Shape, Classes, _pixels, _labels) { ClassNames = ClassNames, Normalization = normalization };

    private ImageDataset With(byte[] pixels, int[] labels) =>
        new(Name, Shape, Classes, pixels, labels) { ClassNames = ClassNames, Normalization = Normalization };

    /// <summary>Such as <c>MNIST: 60,000 images of 1×28×28, 10 classes</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name}: {Count:#,0} images of {Shape}, {Classes} classes");
}

/// <summary>Images to train with and images to test with.</summary>
/// <param name="Train">For training.</param>
/// <param name="Test">For evaluation, never seen in training.</param>
public sealed record DataSplit(ImageDataset Train, ImageDataset Test)
{
    /// <summary>
    /// Both parts with the normalisation by channel that gives the training images mean 0 and standard deviation 1:
    /// <see cref="Normalization.Of"/>.
    /// </summary>
    public DataSplit Normalized()
    {
        Normalization ofTraining = Normalization.Of(Train);
        return new(Train.Normalized(ofTraining), Test.Normalized(ofTraining));
    }
}
