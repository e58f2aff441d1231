namespace NoiseGen;

/// <summary>
/// SVHN: 3×32×32 images of house numbers, ten digits, cropped (format 2 of ufldl.stanford.edu/housenumbers), normalised by channel with the
/// means and standard deviations of the training images.
/// </summary>
public static class Svhn
{
    private const int Classes = 10;

    private static readonly Shape s_image = new(3, 32, 32);

    /// <summary>Reads <c>train_32x32.mat</c> and <c>test_32x32.mat</c>, MATLAB files of level 5.</summary>
    /// <param name="folder">Where they are, or a folder above it.</param>
    /// <exception cref="DataFileException">A file or the folder is missing or malformed.</exception>
    public static DataSplit Load(string folder)
    {
        string found = DataFolder.Find(folder, "svhn", "train_32x32.mat");
        return new DataSplit(Read(found, "train"), Read(found, "test")).Normalized();
    }

    /// <summary>Reads <c>extra_32x32.mat</c>, easier images for training: 531,131 of them.</summary>
    /// <param name="folder">Where it is, or a folder above it.</param>
    /// <exception cref="DataFileException">The file or the folder is missing or not as it should be.</exception>
    public static ImageDataset LoadExtra(string folder)
    {
        ImageDataset extra = Read(DataFolder.Find(folder, "svhn", "extra_32x32.mat"), "extra");
        return extra.Normalized(Normalization.Of(extra));
    }

    private static ImageDataset Read(string folder, string part)
    {
        using DataFile file = DataFile.Open(folder, $"{part}_32x32.mat");
        MatArray[] arrays = MatFile.Read(file, "X", "y");
        (MatArray pixels, int[] labels) = (arrays[0], Labels(arrays[1], file));
        int[] expected = [s_image.Height, s_image.Width, s_image.Channels, labels.Length];
        // MATLAB drops the last dimension of a single image.
        int[] shape = pixels.Dimensions.Length == 3 ? [.. pixels.Dimensions, 1] : pixels.Dimensions;
        if (pixels.Type != MatArray.UInt8 || !shape.SequenceEqual(expected))
            throw file.Wrong(
                $"X of {string.Join('×', expected)} bytes, an image for each of y",
                $"one of {string.Join('×', pixels.Dimensions)}, type {pixels.Type}");

        // The first index, the row, varies fastest: each channel is stored column by column.
        ColumnMajor.Transpose(pixels.Bytes, s_image.Height);
        return new($"SVHN {part}", s_image, Classes, pixels.Bytes, labels) { ClassNames = IdxData.TenDigits };
    }

    // 1 … 10, where 10 is the digit 0.
    private static int[] Labels(MatArray array, DataFile file)
    {
        double[] found = array.Numbers();
        int wrong = Array.FindIndex(found, label => !(label is >= 1 and <= Classes && double.IsInteger(label)));
        if (found.Length == 0 || wrong >= 0)
            throw file.Wrong(
                $"y with labels 1 … {Classes}", found.Length == 0 ? "none" : InvariantText.Of($"{found[wrong]} for image {wrong}"));
        return Array.ConvertAll(found, label => (int)label % Classes);
    }
}
