namespace NoiseGen;

/// <summary>The kinds of labels of <see cref="Cifar100"/>.</summary>
public enum Cifar100Labels
{
    /// <summary>The 100 classes.</summary>
    Fine,

    /// <summary>The 20 superclasses, of five classes each.</summary>
    Coarse,
}

/// <summary>
/// CIFAR-100: 3×32×32 images of 100 classes, or 20 superclasses, in its binary format (www.cs.toronto.edu/~kriz/cifar.html), normalised by
/// channel with the means and standard deviations of its training images.
/// </summary>
public static class Cifar100
{
    private const int TrainImages = 50_000, TestImages = 10_000;
    private const int Labels = 2; // coarse, then fine

    private static readonly Shape s_image = new(3, 32, 32);

    /// <summary>Reads <c>train.bin</c> and <c>test.bin</c>: 50,000 and 10,000 records, each of two labels and 3072 pixels.</summary>
    /// <param name="folder">Where they are, or a folder above it.</param>
    /// <param name="labels">Which labels.</param>
    /// <exception cref="DataFileException">A file or the folder is missing or malformed.</exception>
    public static DataSplit Load(string folder, Cifar100Labels labels = Cifar100Labels.Fine) =>
        Load(folder, labels, TrainImages, TestImages);

    internal static DataSplit Load(string folder, Cifar100Labels labels, int train, int test)
    {
        string found = DataFolder.Find(folder, "cifarbinary", "train.bin");
        return new DataSplit(Read(found, "train", labels, train), Read(found, "test", labels, test)).Normalized();
    }

    private static ImageDataset Read(string folder, string part, Cifar100Labels labels, int images)
    {
        int classes = labels == Cifar100Labels.Fine ? 100 : 20;
        byte[] pixels = new byte[images * s_image.Count];
        int[] chosen = new int[images];
        CifarRecords.Read(folder, $"{part}.bin", Labels, pixels, (image, found, file) =>
        {
            chosen[image] = found[labels == Cifar100Labels.Fine ? 1 : 0];
            if (chosen[image] >= classes) throw file.Wrong($"labels 0 … {classes - 1}", $"{chosen[image]} for image {image}");
        });
        return new($"CIFAR-100 {part}", s_image, classes, pixels, chosen);
    }
}
