namespace NoiseGen.Runtime.Tests.Data;

/// <summary>MNIST's relatives, and where their files may lie.</summary>
public sealed class IdxFamilyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FashionMnistHasNames()
    {
        WriteMnist(_folder.Path, 1);
        DataSplit data = FashionMnist.Load(_folder.Path);
        Assert.Equal(
            ("Fashion-MNIST train", "T-shirt/top", "ankle boot"), (data.Train.Name, data.Train.ClassNames[0], data.Train.ClassNames[9]));
    }

    [Theory]
    [InlineData(EmnistSplit.ByClass, 62, 61, "z")]
    [InlineData(EmnistSplit.ByMerge, 47, 46, "t")]
    [InlineData(EmnistSplit.Balanced, 47, 46, "t")]
    [InlineData(EmnistSplit.Letters, 26, 26, "Z")] // the first letter is 1
    [InlineData(EmnistSplit.Digits, 10, 9, "9")]
    [InlineData(EmnistSplit.Mnist, 10, 9, "9")]
    public void EmnistsSplitsHaveTheirClasses(EmnistSplit split, int classes, byte last, string name)
    {
        WriteEmnist(split, last);
        ImageDataset train = Emnist.Load(_folder.Path, split).Train;
        Assert.Equal((classes, classes - 1, name), (train.Classes, train.Labels[0], train.ClassNames[^1]));
        WriteEmnist(split, (byte)(last + 1));
        Assert.Contains($"{last + 1} for image 0", Assert.Throws<DataFileException>(() => Emnist.Load(_folder.Path, split)).Message);
    }

    [Fact]
    public void EmnistIsTurnedUprightUnlessItIsWantedAsStored()
    {
        WriteEmnist(EmnistSplit.Digits, 3);
        byte[] upright = Emnist.Load(_folder.Path, EmnistSplit.Digits).Train.Pixels.ToArray();
        byte[] stored = Emnist.Load(_folder.Path, EmnistSplit.Digits, EmnistLayout.AsStored).Train.Pixels.ToArray();
        Assert.Equal(Pixels(1), stored);
        for (int row = 0; row < 28; row++)
        for (int column = 0; column < 28; column++)
            Assert.Equal(stored[column * 28 + row], upright[row * 28 + column]);
    }

    [Fact]
    public void AFolderAboveWillDo()
    {
        WriteMnist(Made("raw", "MNIST"), 4);
        Assert.Equal(4, Mnist.Load(_folder.Path).Train.Labels[0]);
    }

    [Fact]
    public void AmongSeveralTheNameDecides()
    {
        WriteMnist(Made("mnist"), 4);
        WriteMnist(Made("Fashion-MNIST"), 5);
        Assert.Equal(4, Mnist.Load(_folder.Path).Train.Labels[0]);
        Assert.Equal(5, FashionMnist.Load(_folder.Path).Train.Labels[0]);
    }

    [Fact]
    public void SeveralThatCouldBeMeantAreNamed()
    {
        WriteMnist(Made("one"), 4);
        WriteMnist(Made("two"), 5);
        var error = Assert.Throws<DataFileException>(() => Mnist.Load(_folder.Path));
        Assert.Contains($"found 2: {_folder.File("one")}, {_folder.File("two")}", error.Message);
    }

    private string Made(params string[] folders) => Directory.CreateDirectory(Path.Combine([_folder.Path, .. folders])).FullName;

    private static void WriteMnist(string folder, byte label)
    {
        foreach (string part in new[] { "train", "t10k" }) Write(folder, part, label);
    }

    private void WriteEmnist(EmnistSplit split, byte label)
    {
        foreach (string part in new[] { "train", "test" })
            Write(_folder.Path, $"emnist-{split.ToString().ToLowerInvariant()}-{part}", label);
    }

    private static void Write(string folder, string part, byte label)
    {
        File.WriteAllBytes(
            Path.Combine(folder, $"{part}-images-idx3-ubyte"), [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28, .. Pixels(1)]);
        File.WriteAllBytes(Path.Combine(folder, $"{part}-labels-idx1-ubyte"), [0, 0, 8, 1, 0, 0, 0, 1, label]);
    }

    private static byte[] Pixels(int images) => [.. Enumerable.Range(0, images * 784).Select(i => (byte)(i * 31 + i / 28))];
}
