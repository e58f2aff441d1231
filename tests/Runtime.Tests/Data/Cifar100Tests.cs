namespace NoiseGen.Runtime.Tests.Data;

public sealed class Cifar100Tests : IDisposable
{
    private const int Record = 3074;

    private readonly TemporaryFolder _folder = new();

    public Cifar100Tests()
    {
        _folder.Write("train.bin", Records((4, 30), (19, 99)));
        _folder.Write("test.bin", Records((0, 0)));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Cifar100Labels.Fine, 100, 30, 99)]
    [InlineData(Cifar100Labels.Coarse, 20, 4, 19)]
    public void ReadsEitherLabel(Cifar100Labels labels, int classes, params int[] expected)
    {
        DataSplit data = Load(labels);
        Assert.Equal((classes, 2, 1), (data.Train.Classes, data.Train.Count, data.Test.Count));
        Assert.Equal(expected, data.Train.Labels.ToArray());
        Assert.Equal(Records((4, 30), (19, 99))[(Record + 2)..], data.Train.Image(1).ToArray());
    }

    [Theory]
    [InlineData(Cifar100Labels.Fine, 1, 100, "0 … 99", "100 for image 0")]
    [InlineData(Cifar100Labels.Coarse, 0, 20, "0 … 19", "20 for image 0")]
    public void NamesALabelThatIsNoClass(Cifar100Labels labels, int place, byte value, params string[] words)
    {
        byte[] records = Records((4, 30), (19, 99));
        records[place] = value;
        _folder.Write("train.bin", records);
        var error = Assert.Throws<DataFileException>(() => Load(labels));
        foreach (string word in words) Assert.Contains(word, error.Message);
    }

    [Fact]
    public void ExpectsTheRealNumberOfRecords() => Assert.Contains(
        "153700000 bytes of 50000 records", Assert.Throws<DataFileException>(() => Cifar100.Load(_folder.Path)).Message);

    private DataSplit Load(Cifar100Labels labels) => Cifar100.Load(_folder.Path, labels, train: 2, test: 1);

    private static byte[] Records(params (byte Coarse, byte Fine)[] labels) =>
        [.. labels.SelectMany(
            (label, image) => (byte[])[label.Coarse, label.Fine, .. Enumerable.Range(0, 3072).Select(i => (byte)(i * 7 + image * 50))])];
}
