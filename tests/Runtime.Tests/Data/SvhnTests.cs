namespace NoiseGen.Runtime.Tests.Data;

public sealed class SvhnTests : IDisposable
{
    private const int Images = 3;

    private readonly TemporaryFolder _folder = new();

    public SvhnTests() => Write(MatBytes.Pack);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ReadsPixelsRowByRowAndTheDigitZero(bool packed)
    {
        Write(packed ? MatBytes.Pack : element => element);
        DataSplit data = Svhn.Load(_folder.Path);

        Assert.Equal((new Shape(3, 32, 32), 10, Images), (data.Train.Shape, data.Train.Classes, data.Train.Count));
        Assert.Equal([1, 0, 9], data.Train.Labels.ToArray()); // stored as 1, 10, 9
        for (int image = 0; image < Images; image++)
        for (int channel = 0; channel < 3; channel++)
        for (int row = 0; row < 32; row++)
        for (int column = 0; column < 32; column++)
            Assert.Equal(Pixel(image, channel, row, column), data.Train.Image(image)[(channel * 32 + row) * 32 + column]);
    }

    [Fact]
    public void BothPartsAreNormalisedByTheTrainingImages()
    {
        DataSplit data = Svhn.Load(_folder.Path);
        Assert.Equal(3, data.Train.Normalization.Mean.Length);
        Assert.Same(data.Train.Normalization, data.Test.Normalization);
        double[] values = [.. Enumerable.Range(0, Images).SelectMany(image => data.Train.Image(image)[1024..2048].ToArray())
            .Select(pixel => pixel / 255.0)];
        double mean = values.Average();
        Assert.Equal(mean, data.Train.Normalization.Mean[1], 1e-6);
        Assert.Equal(Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), data.Train.Normalization.Std[1], 1e-6);
    }

    [Fact]
    public void OtherVariablesArePassedOver()
    {
        byte[] text = MatBytes.Array("about", [1, 2], MatBytes.UInt8, [65, 66], arrayClass: 4);
        _folder.Write("train_32x32.mat", MatBytes.File([text, MatBytes.Pack(text), X(), Y(1, 10, 9)]));
        Assert.Equal(Images, Svhn.Load(_folder.Path).Train.Count);
    }

    [Fact]
    public void LabelsMayBeDoubles()
    {
        byte[] labels = [.. new double[] { 1, 10, 9 }.SelectMany(BitConverter.GetBytes)];
        _folder.Write("train_32x32.mat", MatBytes.File(X(), MatBytes.Array("y", [Images, 1], MatBytes.Double, labels, arrayClass: 6)));
        Assert.Equal([1, 0, 9], Svhn.Load(_folder.Path).Train.Labels.ToArray());
    }

    [Fact]
    public void NamesWhatIsWrong()
    {
        AssertWrong([X()], "a variable y", "none of that name");
        AssertWrong([X(), Y(1, 11, 9)], "1 … 10", "11 for image 1");
        AssertWrong([X(), Y(1, 2)], "32×32×3×2 bytes", "32×32×3×3");
        AssertWrong([X()[..100]], "bytes of an element", "end of the file");
        AssertWrong([MatBytes.Array("X", [1, 2], MatBytes.UInt8, [65, 66], arrayClass: 4)], "real numbers as X", "class 4");
        AssertWrong([MatBytes.Array("X", [2, 2], MatBytes.UInt8, [1, 2, 3])], "2×2 values of X", "3 bytes");
    }

    [Fact]
    public void NamesADamagedPackedElement()
    {
        byte[] packed = MatBytes.Pack(X());
        packed[^20] ^= 0x55;
        AssertWrong([packed, Y(1, 10, 9)], "expected", "found");
    }

    [Theory]
    [InlineData(125, 2, "7.3")]
    [InlineData(126, 'M', "begins with 'MATLAB 5.0")]
    public void NamesAnotherKindOfFile(int place, int value, string found)
    {
        byte[] file = MatBytes.File(X(), Y(1, 10, 9));
        file[place] = (byte)value;
        _folder.Write("train_32x32.mat", file);
        Assert.Contains(found, Assert.Throws<DataFileException>(() => Svhn.Load(_folder.Path)).Message);
    }

    [Fact]
    public void ExtraImagesComeAlone()
    {
        _folder.Write("extra_32x32.mat", MatBytes.File(X(), Y(3, 3, 3)));
        Assert.Equal([3, 3, 3], Svhn.LoadExtra(_folder.Path).Labels.ToArray());
    }

    private void AssertWrong(byte[][] elements, params string[] words)
    {
        _folder.Write("train_32x32.mat", MatBytes.File(elements));
        var error = Assert.Throws<DataFileException>(() => Svhn.Load(_folder.Path));
        Assert.Equal(_folder.File("train_32x32.mat"), error.Path);
        foreach (string word in words) Assert.Contains(word, error.Message);
    }

    private void Write(Func<byte[], byte[]> packed)
    {
        _folder.Write("train_32x32.mat", MatBytes.File(packed(X()), packed(Y(1, 10, 9))));
        _folder.Write("test_32x32.mat", MatBytes.File(packed(X()), packed(Y(2, 2, 2))));
    }

    // 32×32×3×images, the row running fastest.
    private static byte[] X() => MatBytes.Array("X", [32, 32, 3, Images], MatBytes.UInt8,
    [
        .. from image in Enumerable.Range(0, Images) from channel in Enumerable.Range(0, 3)
           from column in Enumerable.Range(0, 32) from row in Enumerable.Range(0, 32)
           select Pixel(image, channel, row, column),
    ]);

    private static byte[] Y(params byte[] labels) => MatBytes.Array("y", [labels.Length, 1], MatBytes.UInt8, labels);

    private static byte Pixel(int image, int channel, int row, int column) =>
        (byte)(image * 61 + channel * 17 + row * 5 + column * 3 + row * column);
}
