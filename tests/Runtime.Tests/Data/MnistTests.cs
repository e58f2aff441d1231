using System.Buffers.Binary;
using System.IO.Compression;

namespace NoiseGen.Runtime.Tests.Data;

public sealed class MnistTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public MnistTests()
    {
        _folder.Write("train-images-idx3-ubyte", Images(3));
        _folder.Write("train-labels-idx1-ubyte", Labels(7, 0, 9));
        _folder.Write("t10k-images-idx3-ubyte", Images(2));
        _folder.Write("t10k-labels-idx1-ubyte", Labels(1, 2));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ReadsPixelsAndLabels()
    {
        DataSplit data = Mnist.Load(_folder.Path);
        AssertTrain(data.Train);
        Assert.Equal(2, data.Test.Count);
        Assert.Equal([1, 2], data.Test.Labels.ToArray());
    }

    [Fact]
    public void ReadsPackedFiles()
    {
        foreach (string path in Directory.GetFiles(_folder.Path))
        {
            File.WriteAllBytes(path + ".gz", Packed(File.ReadAllBytes(path)));
            File.Delete(path);
        }

        AssertTrain(Mnist.Load(_folder.Path).Train);
    }

    [Fact]
    public void ReadsFilesNamedWithADot()
    {
        foreach (string path in Directory.GetFiles(_folder.Path)) File.Move(path, path.Replace("-idx", ".idx", StringComparison.Ordinal));
        AssertTrain(Mnist.Load(_folder.Path).Train);
    }

    [Fact]
    public void NamesAMissingFolder()
    {
        string missing = _folder.File("nowhere");
        AssertWrong(missing, () => Mnist.Load(missing), "no such folder");
    }

    [Theory]
    [InlineData("train-images-idx3-ubyte")]
    [InlineData("t10k-labels-idx1-ubyte")]
    public void NamesAMissingFile(string name)
    {
        File.Delete(_folder.File(name));
        AssertWrong(_folder.Path, Load, name, $"{name}.gz", "none");
    }

    [Theory]
    [InlineData("train-images-idx3-ubyte", 0x803, 0x801, "0x00000803", "0x00000801")]
    [InlineData("train-labels-idx1-ubyte", 0x801, 0x803, "0x00000801", "0x00000803")]
    public void NamesAWrongMagicNumber(string name, int right, int wrong, params string[] words)
    {
        Assert.Equal(right, Header(name, 0));
        AssertWrongHeader(name, 0, wrong, words);
    }

    [Theory]
    [InlineData("train-images-idx3-ubyte", 4, 4, "3136 bytes", "only 2352")] // more than there are
    [InlineData("train-images-idx3-ubyte", 4, int.MaxValue, "bytes")]        // far more than memory
    [InlineData("train-images-idx3-ubyte", 4, 2_000_000, "1568000000 bytes", "only 2352")]
    [InlineData("train-images-idx3-ubyte", 4, 2, "the end of the file", "more bytes")]
    [InlineData("train-images-idx3-ubyte", 4, 0, "at least one", "0")]
    [InlineData("train-images-idx3-ubyte", 4, -1, "at least one", "-1")]
    [InlineData("train-images-idx3-ubyte", 8, 32, "28×28", "32×28")]
    [InlineData("train-images-idx3-ubyte", 12, 27, "28×28", "28×27")]
    [InlineData("train-labels-idx1-ubyte", 4, 2, "3 labels", "2")]
    [InlineData("train-labels-idx1-ubyte", 4, 4, "3 labels", "4")]
    public void NamesAWrongHeader(string name, int place, int value, params string[] words) => AssertWrongHeader(name, place, value, words);

    [Theory]
    [InlineData("train-images-idx3-ubyte", 3)]     // in the magic number
    [InlineData("train-images-idx3-ubyte", 15)]    // in the header
    [InlineData("train-images-idx3-ubyte", 2367)]  // in the last image
    [InlineData("train-labels-idx1-ubyte", 10)]
    public void NamesACutFile(string name, int length)
    {
        _folder.Write(name, File.ReadAllBytes(_folder.File(name))[..length]);
        AssertWrong(_folder.File(name), Load, "only", "end of the file");
    }

    [Theory]
    [InlineData("train-images-idx3-ubyte")]
    [InlineData("train-labels-idx1-ubyte")]
    public void NamesAFileThatIsTooLong(string name)
    {
        _folder.Write(name, [.. File.ReadAllBytes(_folder.File(name)), 0]);
        AssertWrong(_folder.File(name), Load, "the end of the file", "more bytes");
    }

    [Fact]
    public void NamesALabelThatIsNotADigit()
    {
        _folder.Write("t10k-labels-idx1-ubyte", Labels(1, 10));
        AssertWrong(_folder.File("t10k-labels-idx1-ubyte"), Load, "0 … 9", "10 for image 1");
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.9)]
    public void NamesACutPackedFile(double part)
    {
        byte[] packed = Packed(File.ReadAllBytes(_folder.File("train-images-idx3-ubyte")));
        File.Delete(_folder.File("train-images-idx3-ubyte"));
        _folder.Write("train-images-idx3-ubyte.gz", packed[..(int)(part * packed.Length)]);
        AssertWrong(_folder.File("train-images-idx3-ubyte.gz"), Load, "expected", "found");
    }

    [Fact]
    public void NamesADamagedPackedFile()
    {
        byte[] packed = Packed(File.ReadAllBytes(_folder.File("train-images-idx3-ubyte")));
        packed[^6] ^= 1; // in the checksum
        File.Delete(_folder.File("train-images-idx3-ubyte"));
        _folder.Write("train-images-idx3-ubyte.gz", packed);
        AssertWrong(_folder.File("train-images-idx3-ubyte.gz"), Load, "content packed by gzip");
    }

    [Fact]
    public void NamesAFileThatIsNotPacked()
    {
        const string Name = "train-images-idx3-ubyte";
        File.Move(_folder.File(Name), _folder.File(Name + ".gz"));
        AssertWrong(_folder.File(Name + ".gz"), Load, "content packed by gzip");
    }

    [Fact]
    public void MemoryFollowsTheContentNotTheHeader()
    {
        SetHeader("train-images-idx3-ubyte", 4, 2_500_000); // claims 1.96 GB
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<DataFileException>(Load);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    private void Load() => Mnist.Load(_folder.Path);

    private static void AssertTrain(ImageDataset train)
    {
        Assert.Equal(new Shape(1, 28, 28), train.Shape);
        Assert.Equal((3, 10), (train.Count, train.Classes));
        Assert.Equal([7, 0, 9], train.Labels.ToArray());
        Assert.Equal(Images(3)[16..], train.Pixels.ToArray());
        Assert.Same(Normalization.None, train.Normalization);
    }

    private void AssertWrongHeader(string name, int place, int value, string[] words)
    {
        SetHeader(name, place, value);
        AssertWrong(_folder.File(name), Load, words);
    }

    private static void AssertWrong(string path, Action load, params string[] words)
    {
        var error = Assert.Throws<DataFileException>(load);
        Assert.Equal(path, error.Path);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        foreach (string word in words) Assert.Contains(word, error.Message, StringComparison.Ordinal);
    }

    private int Header(string name, int place) => BinaryPrimitives.ReadInt32BigEndian(File.ReadAllBytes(_folder.File(name)).AsSpan(place));

    private void SetHeader(string name, int place, int value)
    {
        byte[] content = File.ReadAllBytes(_folder.File(name));
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(place), value);
        _folder.Write(name, content);
    }

    private static byte[] Images(int count)
    {
        byte[] pixels = new byte[count * 784];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)(i * 31 + i / 784);
        return [0, 0, 8, 3, 0, 0, 0, (byte)count, 0, 0, 0, 28, 0, 0, 0, 28, .. pixels];
    }

    private static byte[] Labels(params byte[] labels) => [0, 0, 8, 1, 0, 0, 0, (byte)labels.Length, .. labels];

    private static byte[] Packed(byte[] content)
    {
        using var target = new MemoryStream();
        using (var packer = new GZipStream(target, CompressionLevel.Optimal)) packer.Write(content);
        return target.ToArray();
    }
}
