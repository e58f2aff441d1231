using System.Collections.Immutable;

namespace NoiseGen;

/// <summary>
/// CIFAR-10: 3×32×32 images of ten classes in its binary format (www.cs.toronto.edu/~kriz/cifar.html), normalised by channel.
/// </summary>
public static class Cifar10
{
    private const int Classes = 10;
    private const int ImagesPerFile = 10_000;

    private static readonly Shape Image = new(3, 32, 32);

    private static readonly ImmutableArray<string> Names =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    // The means and standard deviations that the networks of arXiv 2501.14531 were trained with.
    private static readonly Normalization Channels = new([0.4914f, 0.4822f, 0.4465f], [0.2023f, 0.1994f, 0.2010f]);

    /// <summary>
    /// Reads <c>data_batch_1.bin</c> … <c>data_batch_5.bin</c> and <c>test_batch.bin</c>: 10,000 records each, of a label and 3072 pixels.
    /// </summary>
    /// <param name="folder">Where they are, or a folder above it.</param>
    /// <exception cref="DataFileException">A file or the folder is missing or malformed.</exception>
    public static DataSplit Load(string folder) => Load(folder, ImagesPerFile);

    internal static DataSplit Load(string folder, int imagesPerFile)
    {
        string found = DataFolder.Find(folder, "cifarbatchesbin", "data_batch_1.bin");
        return new(
            Read(found, "CIFAR-10 train", imagesPerFile,
                ["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"]),
            Read(found, "CIFAR-10 test", imagesPerFile, ["test_batch.bin"]));
    }

    private static ImageDataset Read(string folder, string name, int imagesPerFile, string[] files)
    {
        byte[] pixels = new byte[files.Length * imagesPerFile * Image.Count];
        int[] labels = new int[files.Length * imagesPerFile];
        for (int i = 0; i < files.Length; i++)
        {
            int first = i * imagesPerFile;
            CifarRecords.Read(
                folder, files[i], labels: 1, pixels.AsSpan(first * Image.Count, imagesPerFile * Image.Count), (image, found, file) =>
            {
                if (found[0] >= Classes) throw file.Wrong($"labels 0 … {Classes - 1}", $"{found[0]} for image {image}");
                labels[first + image] = found[0];
            });
        }

        return new(name, Image, Classes, pixels, labels) { Normalization = Channels, ClassNames = Names };
    }
}
