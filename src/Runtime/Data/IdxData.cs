using System.Collections.Immutable;

namespace NoiseGen;

/// <summary>
/// Images and labels in a pair of IDX files of bytes (yann.lecun.com/exdb/mnist): the format that MNIST and its relatives share.
/// </summary>
/// <param name="Name">Name in tables and messages.</param>
/// <param name="Shape">Shape of an image, one channel.</param>
/// <param name="ClassNames">Names of the classes, one for each.</param>
/// <param name="FirstLabel">The label of the first class, usually 0.</param>
internal sealed record IdxData(string Name, Shape Shape, ImmutableArray<string> ClassNames, int FirstLabel = 0)
{
    private const int ImageMagic = 0x803; // unsigned bytes, three dimensions
    private const int LabelMagic = 0x801; // unsigned bytes, one dimension

    /// <summary>The classes 0 … 9.</summary>
    public static ImmutableArray<string> TenDigits { get; } = [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")];

    /// <summary>The names that a file may have: compressed or not, with a dash or a dot.</summary>
    /// <param name="name">Such as <c>train-images</c>.</param>
    /// <param name="format"><c>idx3</c> for images, <c>idx1</c> for labels.</param>
    public static string[] FilesOf(string name, string format) =>
        [$"{name}-{format}-ubyte", $"{name}-{format}-ubyte.gz", $"{name}.{format}-ubyte", $"{name}.{format}-ubyte.gz"];

    /// <summary>Reads a pair.</summary>
    /// <param name="folder">Where both are.</param>
    /// <param name="part">Their names begin with it, such as <c>train</c>.</param>
    /// <exception cref="DataFileException">A file is missing or not as it should be.</exception>
    public ImageDataset Read(string folder, string part)
    {
        byte[] pixels = ReadImages(folder, part);
        int[] labels = ReadLabels(folder, part, pixels.Length / Shape.Count);
        return new($"{Name} {part}", Shape, ClassNames.Length, pixels, labels) { ClassNames = ClassNames };
    }

    private byte[] ReadImages(string folder, string part)
    {
        using DataFile file = DataFile.Open(folder, FilesOf($"{part}-images", "idx3"));
        ExpectMagic(file, ImageMagic);
        int count = ReadCount(file, "images");
        int rows = file.ReadInt32("header"), columns = file.ReadInt32("header");
        if (rows != Shape.Height || columns != Shape.Width)
            throw file.Wrong($"images of {Shape.Height}×{Shape.Width}", $"{rows}×{columns}");
        byte[] pixels = file.ReadBytes((long)count * Shape.Count, "pixels");
        file.ExpectEnd();
        return pixels;
    }

    private int[] ReadLabels(string folder, string part, int images)
    {
        using DataFile file = DataFile.Open(folder, FilesOf($"{part}-labels", "idx1"));
        ExpectMagic(file, LabelMagic);
        int count = ReadCount(file, "labels");
        if (count != images) throw file.Wrong($"{images} labels, as many as there are images", $"{count}");
        byte[] labels = file.ReadBytes(count, "labels");
        file.ExpectEnd();
        int last = FirstLabel + ClassNames.Length - 1;
        int wrong = labels.AsSpan().IndexOfAnyExceptInRange((byte)FirstLabel, (byte)last);
        if (wrong >= 0) throw file.Wrong($"labels {FirstLabel} … {last}", $"{labels[wrong]} for image {wrong}");
        return Array.ConvertAll(labels, label => label - FirstLabel);
    }

    private static void ExpectMagic(DataFile file, int expected)
    {
        int magic = file.ReadInt32("header");
        if (magic != expected) throw file.Wrong($"the magic number 0x{expected:x8}", $"0x{magic:x8}");
    }

    private static int ReadCount(DataFile file, string what)
    {
        int count = file.ReadInt32("header");
        return count > 0 ? count : throw file.Wrong($"at least one of the {what}", $"a count of {count}");
    }
}
