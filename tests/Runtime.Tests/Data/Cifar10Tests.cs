namespace NoiseGen.Runtime.Tests.Data;

public sealed class Cifar10Tests : IDisposable
{
    private const int Record = 3073;
    private const int Images = 2; // in each file

    private readonly TemporaryFolder _folder = new();

    public Cifar10Tests()
    {
        for (int file = 1; file <= 5; file++) _folder.Write($"data_batch_{file}.bin", Records(file));
        _folder.Write("test_batch.bin", Records(6));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ReadsAllFilesInOrder()
    {
        DataSplit data = Cifar10.Load(_folder.Path, Images);
        Assert.Equal((10, 2, 10), (data.Train.Count, data.Test.Count, data.Train.Classes));
        Assert.Equal(new Shape(3, 32, 32), data.Train.Shape);
        Assert.Equal([1, 2, 2, 3, 3, 4, 4, 5, 5, 6], data.Train.Labels.ToArray());
        for (int image = 0; image < 10; image++)
            Assert.Equal(
                Records(1 + image / Images).AsSpan(image % Images * Record + 1, 3072).ToArray(), data.Train.Image(image).ToArray());
        Assert.Equal(Records(6)[1..Record], data.Test.Image(0).ToArray());
    }

    [Fact]
    public void NormalisesByChannel()
    {
        Normalization normalization = Cifar10.Load(_folder.Path, Images).Test.Normalization;
        Assert.Equal([0.4914f, 0.4822f, 0.4465f], normalization.Mean.ToArray());
        Assert.Equal([0.2023f, 0.1994f, 0.2010f], normalization.Std.ToArray());
    }

    [Fact]
    public void NamesAMissingFile()
    {
        File.Delete(_folder.File("data_batch_4.bin"));
        AssertWrong(_folder.Path, "data_batch_4.bin");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Record)]
    [InlineData(2 * Record - 1)]
    public void NamesACutFile(int length)
    {
        _folder.Write("data_batch_2.bin", Records(2)[..length]);
        AssertWrong(_folder.File("data_batch_2.bin"), $"{2 * Record} bytes", $"only {length}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Record)]
    public void NamesAFileThatIsTooLong(int extra)
    {
        _folder.Write("test_batch.bin", [.. Records(6), .. new byte[extra]]);
        AssertWrong(_folder.File("test_batch.bin"), "the end of the file", "more bytes");
    }

    [Fact]
    public void NamesALabelThatIsNotAClass()
    {
        byte[] records = Records(3);
        records[Record] = 10;
        _folder.Write("data_batch_3.bin", records);
        AssertWrong(_folder.File("data_batch_3.bin"), "0 … 9", "10 for image 1");
    }

    [Fact]
    public void ExpectsTheRealNumberOfRecords()
    {
        var error = Assert.Throws<DataFileException>(() => Cifar10.Load(_folder.Path));
        Assert.Contains("30730000 bytes of 10000 records", error.Message, StringComparison.Ordinal);
    }

    private void AssertWrong(string path, params string[] words)
    {
        var error = Assert.Throws<DataFileException>(() => Cifar10.Load(_folder.Path, Images));
        Assert.Equal(path, error.Path);
        foreach (string word in words) Assert.Contains(word, error.Message, StringComparison.Ordinal);
    }

    // Labels file, file + 1; pixels that distinguish files and images.
    private static byte[] Records(int file)
    {
        byte[] records = new byte[Images * Record];
        for (int i = 0; i < records.Length; i++) records[i] = (byte)(i * 7 + i / 1000 + file * 50);
        for (int image = 0; image < Images; image++) records[image * Record] = (byte)(file + image);
        return records;
    }
}
