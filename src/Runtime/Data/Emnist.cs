using System.Collections.Immutable;

namespace NoiseGen;

/// <summary>How the images of <see cref="Emnist"/> are divided into classes.</summary>
public enum EmnistSplit
{
    /// <summary>Digits, upper and lower case: 62 classes, 814,255 images.</summary>
    ByClass,

    /// <summary>Letters whose cases look alike are one class: 47 classes, 814,255 images.</summary>
    ByMerge,

    /// <summary>As <see cref="ByMerge"/>, with the same number of images in each class: 47 classes, 131,600 images.</summary>
    Balanced,

    /// <summary>Letters of either case: 26 classes.</summary>
    Letters,

    /// <summary>Digits: 10 classes, 280,000 images.</summary>
    Digits,

    /// <summary>Digits, as many as in MNIST: 10 classes, 70,000 images.</summary>
    Mnist,
}

/// <summary>The orientation of the images of <see cref="Emnist"/>.</summary>
public enum EmnistLayout
{
    /// <summary>Upright, as those of MNIST.</summary>
    Upright,

    /// <summary>
    /// As stored, column by column: rows and columns are swapped. Networks that were trained elsewhere without transposing the images
    /// expect this.
    /// </summary>
    AsStored,
}

/// <summary>EMNIST (arXiv 1702.05373): 1×28×28 images of handwritten digits and letters in IDX files, inputs in 0 … 1.</summary>
public static class Emnist
{
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string LowerThatDiffers = "abdefghnqrt"; // those that ByMerge keeps apart from their upper case

    private static readonly Shape s_image = new(1, 28, 28);

    /// <summary>
    /// Reads <c>emnist-…-train-images-idx3-ubyte</c>, <c>emnist-…-train-labels-idx1-ubyte</c> and the two of <c>test</c>, with the split's
    /// name for the dots (such as <c>byclass</c>), uncompressed or with <c>.gz</c>.
    /// </summary>
    /// <param name="folder">Where they are, or a folder above it.</param>
    /// <param name="split">Which classes.</param>
    /// <param name="layout">The orientation of the images.</param>
    /// <exception cref="DataFileException">A file or the folder is missing or malformed.</exception>
    public static DataSplit Load(string folder, EmnistSplit split, EmnistLayout layout = EmnistLayout.Upright)
    {
        string name = split.ToString().ToLowerInvariant();
        string found = DataFolder.Find(folder, "emnist", IdxData.FilesOf($"emnist-{name}-train-images", "idx3"));
        var data = new IdxData("", s_image, ClassesOf(split), FirstLabel: split == EmnistSplit.Letters ? 1 : 0);
        return new(Read(data, found, $"emnist-{name}-train", layout), Read(data, found, $"emnist-{name}-test", layout));
    }

    private static ImageDataset Read(IdxData data, string folder, string part, EmnistLayout layout)
    {
        ImageDataset stored = data.Read(folder, part);
        byte[] pixels = stored.Pixels.ToArray();
        if (layout == EmnistLayout.Upright) ColumnMajor.Transpose(pixels, s_image.Height);
        return new(
            part.ToUpperInvariant()
                .Replace('-', ' '), s_image, stored.Classes, pixels, stored.Labels.ToArray()) { ClassNames = stored.ClassNames };
    }

    private static ImmutableArray<string> ClassesOf(EmnistSplit split)
    {
        string letters = split switch
        {
            EmnistSplit.ByClass => Upper + Lower,
            EmnistSplit.ByMerge or EmnistSplit.Balanced => Upper + LowerThatDiffers,
            EmnistSplit.Letters => Upper,
            _ => "",
        };
        return [.. split == EmnistSplit.Letters ? [] : IdxData.TenDigits, .. letters.Select(letter => $"{letter}")];
    }
}
