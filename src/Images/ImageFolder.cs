using System.Collections.Immutable;

namespace NoiseGen.Images;

/// <summary>How pictures of any size are fitted to images of one shape.</summary>
public enum ImageFit
{
    /// <summary>Crops the largest central part with the shape's aspect ratio, and scales it.</summary>
    Crop,

    /// <summary>Scales the whole picture, stretched if the aspect ratios differ.</summary>
    Stretch,
}

/// <summary>
/// Pictures in folders, one folder per class, as read by torchvision's <c>ImageFolder</c> and Keras' <c>image_dataset_from_directory</c>:
/// <c>cats/1.png</c>, <c>cats/more/2.jpg</c>, <c>dogs/3.webp</c>.
/// Classes are numbered in the ordinal order of their folders' names; the pictures of a class are in the same order.
/// </summary>
/// <remarks>
/// SkiaSharp decodes and scales the pictures: the bytes may differ between its versions.
/// Transparent parts become white. A single channel is the luma of ITU-R BT.601, 0.299 R + 0.587 G + 0.114 B, as in Pillow.
/// </remarks>
public static class ImageFolder
{
    private static readonly ImmutableArray<string> s_endings = [".bmp", ".gif", ".jpeg", ".jpg", ".png", ".webp"];

    /// <summary>Reads all pictures below a folder.</summary>
    /// <param name="folder">A folder with a folder per class, at least one of them with a picture.</param>
    /// <param name="shape">The shape of the images: 1 channel (gray) or 3 (red, green, blue), rows and columns.</param>
    /// <param name="fit">How pictures of a different aspect ratio are fitted.</param>
    /// <returns>The images, in 0 … 1 unless changed by <see cref="ImageDataset.Normalized"/>.</returns>
    /// <exception cref="DataFileException">The folder is missing or has no pictures in folders, or a picture cannot be read;
    /// the message names it.</exception>
    /// <exception cref="ArgumentException">The shape has a different number of channels.</exception>
    public static ImageDataset Load(string folder, Shape shape, ImageFit fit = ImageFit.Crop)
    {
        CheckShape(shape);
        return Read(folder, shape, fit, ClassesOf(folder));
    }

    /// <summary>
    /// Reads <c>train</c> and <c>test</c> (or <c>val</c>, or <c>valid</c>) below a folder, each with the same folders for classes.
    /// </summary>
    /// <param name="folder">The folder with both.</param>
    /// <param name="shape">As in <see cref="Load"/>.</param>
    /// <param name="fit">As in <see cref="Load"/>.</param>
    /// <returns>Both parts, normalized per channel with the means and standard deviations of the training images.</returns>
    /// <exception cref="DataFileException">A folder is missing, their classes differ, or a picture cannot be read;
    /// the message names it.</exception>
    /// <exception cref="ArgumentException">The shape has a different number of channels.</exception>
    public static DataSplit LoadSplit(string folder, Shape shape, ImageFit fit = ImageFit.Crop)
    {
        CheckShape(shape);
        string train = Path.Combine(folder, "train");
        string[] others = [.. new[] { "test", "val", "valid" }.Select(name => Path.Combine(folder, name)).Where(Directory.Exists)];
        if (others.Length != 1)
            throw new DataFileException(
                folder,
                "expected the folders train and one of test, val and valid, "
                    + $"found {(others.Length == 0 ? "none of the latter" : string.Join(" and ", others))}.");
        string[] classes = ClassesOf(train), found = ClassesOf(others[0]);
        if (found.Except(classes).FirstOrDefault() is { } unknown)
            throw new DataFileException(others[0], $"expected folders for the classes of {train}, found {unknown}, which is none of them.");
        return new DataSplit(Read(train, shape, fit, classes), Read(others[0], shape, fit, classes)).Normalized();
    }

    private static string[] ClassesOf(string folder)
    {
        if (!Directory.Exists(folder)) throw new DataFileException(
            folder, $"expected a folder with a folder for each class, found {(File.Exists(folder) ? "a file" : "no such folder")}.");
        string[] classes = [.. Directory.GetDirectories(folder).Where(path => PicturesIn(path).Length > 0)
            .Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
        return classes.Length > 0
            ? classes
            : throw new DataFileException(
                folder, $"expected a folder for each class with pictures ({string.Join(", ", s_endings)}), found none.");
    }

    private static string[] PicturesIn(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(IsPicture).Order(StringComparer.Ordinal)]
        : [];

    private static bool IsPicture(string path) => s_endings.Contains(Path.GetExtension(path).ToLowerInvariant());

    private static ImageDataset Read(string folder, Shape shape, ImageFit fit, string[] classes)
    {
        (string Path, int Label)[] pictures =
            [.. classes.SelectMany((name, label) => PicturesIn(Path.Combine(folder, name)).Select(path => (path, label)))];
        if ((long)pictures.Length * shape.Count > Array.MaxLength)
            throw new DataFileException(
                folder,
                $"expected pictures that fit into {Array.MaxLength} bytes, found {pictures.Length} of {shape.Count} "
                    + "bytes each; choose a smaller shape.");
        byte[] pixels = new byte[pictures.Length * shape.Count];
        try
        {
            Parallel.For(0, pictures.Length, i => Picture.Read(pictures[i].Path, shape, fit, pixels.AsSpan(i * shape.Count, shape.Count)));
        }
        catch (AggregateException several)
        {
            // Which one fails first is random; the first by name is reported.
            throw several.InnerExceptions.OfType<DataFileException>().MinBy(error => error.Path, StringComparer.Ordinal)
                ?? several.InnerExceptions[0];
        }

        return new(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), shape, classes.Length, pixels,
            [.. pictures.Select(picture => picture.Label)])
        {
            ClassNames = [.. classes],
        };
    }

    private static void CheckShape(Shape shape)
    {
        if (shape.Channels is not (1 or 3) || shape.Height < 1 || shape.Width < 1)
            throw new ArgumentException($"Pictures become images of 1 channel or 3, with rows and columns; found {shape}.", nameof(shape));
    }
}
