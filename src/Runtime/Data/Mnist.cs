namespace NoiseGen;

/// <summary>
/// MNIST, 1×28×28 images of ten digits in four IDX files (yann.lecun.com/exdb/mnist), inputs in 0 … 1. Data sets of the same format have
/// their own readers: <see cref="FashionMnist"/>, <see cref="Emnist"/>.
/// </summary>
public static class Mnist
{
    private static readonly IdxData s_data = new("MNIST", new(1, 28, 28), IdxData.TenDigits);

    /// <summary>
    /// Reads <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c>, <c>t10k-images-idx3-ubyte</c> and
    /// <c>t10k-labels-idx1-ubyte</c>, uncompressed or with <c>.gz</c>, also named with a dot (<c>train-images.idx3-ubyte</c>).
    /// </summary>
    /// <param name="folder">Where they are, or a folder above it.</param>
    /// <exception cref="DataFileException">A file or the folder is missing or malformed.</exception>
    public static DataSplit Load(string folder) => Load(s_data, DataFolder.Find(folder, "mnist", IdxData.FilesOf("train-images", "idx3")));

    internal static DataSplit Load(IdxData data, string folder) => new(data.Read(folder, "train"), data.Read(folder, "t10k"));
}

/// <summary>
/// Fashion-MNIST (arXiv 1708.07747): 1×28×28 images of ten kinds of clothes, in files named as those of <see cref="Mnist"/>,
/// inputs in 0 … 1.
/// </summary>
public static class FashionMnist
{
    private static readonly IdxData s_data = new(
        "Fashion-MNIST", new(1, 28, 28),
        ["T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"]);

    /// <summary>Reads the four files, named as those of <see cref="Mnist.Load(string)"/>.</summary>
    /// <param name="folder">Where they are, or a folder above it.</param>
    /// <exception cref="DataFileException">A file or the folder is missing or malformed.</exception>
    public static DataSplit Load(string folder) =>
        Mnist.Load(s_data, DataFolder.Find(folder, "fashionmnist", IdxData.FilesOf("train-images", "idx3")));
}
