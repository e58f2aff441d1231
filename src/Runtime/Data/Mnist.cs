namespace NoiseGen;

/// <summary>
/// MNIST and what shares its format, such as Fashion-MNIST: 1×28×28 images of ten classes in four IDX files (yann.lecun.com/exdb/mnist), inputs in 0 … 1.
/// </summary>
public static class Mnist
{
    private const int Classes = 10;
    private const int ImageMagic = 0x803; // unsigned bytes, three dimensions
    private const int LabelMagic = 0x801; // unsigned bytes, one dimension

    private static readonly Shape Image = new(1, 28, 28);

    /// <summary>Reads <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c>, <c>t10k-images-idx3-ubyte</c> and <c>t10k-labels-idx1-ubyte</c>,
    /// as they are or with <c>.gz</c>, also named with a dot (<c>train-images.idx3-ubyte</c>).</summary>
    /// <param name="folder">Where they are.</param>
    /// <exception cref="DataFileException">A file or the folder is missing or not as it should be.</exception>
    public static DataSplit Load(string folder) => new(Read(folder, "train"), Read(folder, "t10k"));

    private static ImageDataset Read(string folder, string part)
    {
        byte[] pixels = ReadImages(folder, part);
        byte[] labels = ReadLabels(folder, part, pixels.Length / Image.Count);
        return new($"MNIST {part}", Image, Classes, pixels, labels);
    }

    private static byte[] ReadImages(string folder, string part)
    {
        using DataFile file = Open(folder, $"{part}-images", "idx3");
        ExpectMagic(file, ImageMagic);
        int count = ReadCount(file, "images");
        int rows = file.ReadInt32("header"), columns = file.ReadInt32("header");
        if (rows != Image.Height || columns != Image.Width) throw file.Wrong($"images of {Image.Height}×{Image.Width}", $"{rows}×{columns}");
        byte[] pixels = file.ReadBytes((long)count * Image.Count, "pixels");
        file.ExpectEnd();
        return pixels;
    }

    private static byte[] ReadLabels(string folder, string part, int images)
    {
        using DataFile file = Open(folder, $"{part}-labels", "idx1");
        ExpectMagic(file, LabelMagic);
        int count = ReadCount(file, "labels");
        if (count != images) throw file.Wrong($"{images} labels, as many as there are images", $"{count}");
        byte[] labels = file.ReadBytes(count, "labels");
        file.ExpectEnd();
        int wrong = labels.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(Classes - 1));
        return wrong < 0 ? labels : throw file.Wrong($"labels 0 … {Classes - 1}", $"{labels[wrong]} for image {wrong}");
    }

    private static DataFile Open(string folder, string name, string format) =>
        DataFile.Open(folder, $"{name}-{format}-ubyte", $"{name}-{format}-ubyte.gz", $"{name}.{format}-ubyte", $"{name}.{format}-ubyte.gz");

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
