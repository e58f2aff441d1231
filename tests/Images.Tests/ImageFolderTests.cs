using SkiaSharp;

namespace NoiseGen.Images.Tests;

/// <summary>Pictures that the tests draw, in folders for their classes.</summary>
public sealed class ImageFolderTests : IDisposable
{
    private static readonly SKColor s_red = new(255, 0, 0), s_blue = new(0, 0, 255);

    private readonly string _folder = Directory.CreateTempSubdirectory("noisegen-images").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ClassesAreFoldersInOrder()
    {
        Draw("dogs/1.png", 8, 8, s_red);
        Draw("cats/more/2.png", 8, 8, s_blue);
        Draw("cats/10.PNG", 8, 8, s_blue);
        Directory.CreateDirectory(At("empty"));
        File.WriteAllText(At("cats/notes.txt"), "no picture");

        ImageDataset data = ImageFolder.Load(_folder, new Shape(3, 8, 8));

        Assert.Equal(["cats", "dogs"], data.ClassNames.ToArray());
        Assert.Equal([0, 0, 1], data.Labels.ToArray());
        Assert.Equal([.. Enumerable.Repeat((byte)255, 64), .. new byte[128]], data.Image(2).ToArray()); // channel × row × column
        Assert.Equal([.. new byte[128], .. Enumerable.Repeat((byte)255, 64)], data.Image(0).ToArray());
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png, "png", 0)]
    [InlineData(SKEncodedImageFormat.Jpeg, "jpg", 3)]
    [InlineData(SKEncodedImageFormat.Webp, "webp", 6)]
    public void ReadsTheUsualFormats(SKEncodedImageFormat format, string ending, int tolerance)
    {
        var colour = new SKColor(200, 100, 50);
        Draw($"one/a.{ending}", 16, 16, colour, format);
        ImageDataset data = ImageFolder.Load(_folder, new Shape(3, 16, 16));
        Assert.InRange(data.Image(0)[0], 200 - tolerance, 200 + tolerance);
        Assert.InRange(data.Image(0)[256], 100 - tolerance, 100 + tolerance);
        Assert.InRange(data.Image(0)[512], 50 - tolerance, 50 + tolerance);
    }

    /// <summary>0.299 R + 0.587 G + 0.114 B.</summary>
    [Fact]
    public void GrayIsTheLuma()
    {
        Draw("one/a.png", 4, 4, new SKColor(200, 100, 50));
        Assert.All(ImageFolder.Load(_folder, new Shape(1, 4, 4)).Image(0).ToArray(), pixel => Assert.Equal(124, pixel)); // 124.2
    }

    [Fact]
    public void TransparencyBecomesWhite()
    {
        Draw("one/a.png", 4, 4, SKColors.Transparent);
        Assert.All(ImageFolder.Load(_folder, new Shape(1, 4, 4)).Image(0).ToArray(), pixel => Assert.Equal(255, pixel));
    }

    /// <summary>Red in the middle third, blue beside it.</summary>
    [Fact]
    public void CropsTheMiddleOrStretches()
    {
        using (var bitmap = new SKBitmap(48, 16))
        {
            using var canvas = new SKCanvas(bitmap);
            canvas.Clear(s_blue);
            canvas.DrawRect(16, 0, 16, 16, new SKPaint { Color = s_red });
            Save("one/a.png", bitmap, SKEncodedImageFormat.Png);
        }

        ReadOnlySpan<byte> cropped = ImageFolder.Load(_folder, new Shape(3, 16, 16)).Image(0),
            stretched = ImageFolder.Load(_folder, new Shape(3, 16, 16), ImageFit.Stretch).Image(0);
        Assert.Equal((255, 255), (cropped[2], cropped[13]));
        Assert.Equal((0, 255, 0), (stretched[2], stretched[8], stretched[13]));
    }

    [Fact]
    public void WhatIsScaledDownIsAveraged()
    {
        using (var bitmap = new SKBitmap(64, 64))
        {
            for (int y = 0; y < 64; y++)
            for (int x = 0; x < 64; x++)
                bitmap.SetPixel(x, y, (x + y) % 2 == 0 ? SKColors.White : SKColors.Black);
            Save("one/a.png", bitmap, SKEncodedImageFormat.Png);
        }

        Assert.All(ImageFolder.Load(_folder, new Shape(1, 8, 8)).Image(0).ToArray(), pixel => Assert.InRange(pixel, 120, 136));
    }

    [Fact]
    public void ASplitHasTheSameClassesAndOneNormalisation()
    {
        Draw("train/a/1.png", 4, 4, s_red);
        Draw("train/b/1.png", 4, 4, s_blue);
        Draw("val/b/1.png", 4, 4, s_blue);

        DataSplit data = ImageFolder.LoadSplit(_folder, new Shape(3, 4, 4));

        Assert.Equal((2, 1, 1), (data.Test.Classes, data.Test.Count, data.Test.Labels[0]));
        Assert.Same(data.Train.Normalization, data.Test.Normalization);
        Assert.Equal([0.5f, 0f, 0.5f], data.Train.Normalization.Mean.ToArray());
    }

    [Fact]
    public void NamesWhatIsWrong()
    {
        AssertWrong(At("nowhere"), () => ImageFolder.Load(At("nowhere"), new Shape(3, 4, 4)), "no such folder");
        AssertWrong(_folder, () => ImageFolder.Load(_folder, new Shape(3, 4, 4)), "found none");
        Draw("train/a/1.png", 4, 4, s_red);
        AssertWrong(_folder, () => ImageFolder.LoadSplit(_folder, new Shape(3, 4, 4)), "one of test, val and valid");
        Draw("test/other/1.png", 4, 4, s_red);
        AssertWrong(At("test"), () => ImageFolder.LoadSplit(_folder, new Shape(3, 4, 4)), "other");
        Assert.Contains("2×4×4", Assert.Throws<ArgumentException>(() => ImageFolder.Load(_folder, new Shape(2, 4, 4))).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(200)]
    public void NamesAPictureThatIsNone(int length)
    {
        var random = new Random(1);
        using (var bitmap = new SKBitmap(64, 64))
        {
            for (int i = 0; i < 4096; i++) bitmap.SetPixel(i % 64, i / 64, new SKColor((uint)random.Next() | 0xFF000000));
            Save("one/a.png", bitmap, SKEncodedImageFormat.Png);
        }

        File.WriteAllBytes(At("one/a.png"), File.ReadAllBytes(At("one/a.png"))[..length]);
        AssertWrong(At("one/a.png"), () => ImageFolder.Load(_folder, new Shape(3, 4, 4)), "expected a");
    }

    private static void AssertWrong(string path, Action load, string word)
    {
        var error = Assert.Throws<DataFileException>(load);
        Assert.Equal(path, error.Path);
        Assert.Contains(word, error.Message);
    }

    private void Draw(string name, int width, int height, SKColor colour, SKEncodedImageFormat format = SKEncodedImageFormat.Png)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(colour);
        Save(name, bitmap, format);
    }

    private void Save(string name, SKBitmap bitmap, SKEncodedImageFormat format)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        using FileStream file = File.Create(At(name));
        bitmap.Encode(file, format, quality: 95);
    }

    private string At(string name) => Path.Combine(_folder, name);
}
