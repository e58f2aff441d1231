using NoiseGen;
using NoiseGen.CompilerServices;

namespace Harden;

/// <summary>
/// The library's digits in colours, 3×32×32: for networks that take photographs, without a download.
/// Ink and paper have colours of their own in each image; the digit
/// stands anywhere in the frame.
/// </summary>
internal static class ColorDigits
{
    private const int Size = 32, DigitSize = 28, Channels = 3;

    /// <summary>Draws images for training and others for testing.</summary>
    /// <param name="seed">What they are drawn by.</param>
    /// <param name="train">Images to train with, at least 1.</param>
    /// <param name="test">Images to test with, at least 1.</param>
    public static DataSplit Create(ulong seed, int train, int test)
    {
        DataSplit digits = Digits.Create(seed, train, test);
        return new DataSplit(Paint(digits.Train, seed, 0), Paint(digits.Test, seed, train)).Normalized();
    }

    private static ImageDataset Paint(ImageDataset digits, ulong seed, int first)
    {
        var shape = new Shape(Channels, Size, Size);
        byte[] pixels = new byte[digits.Count * shape.Count];
        for (int i = 0; i < digits.Count; i++)
        {
            var random = new Random((int)Philox.Generate(new Philox.Words((uint)(first + i), 1, 0, 0), seed).X0);
            Paint(digits.Image(i), pixels.AsSpan(i * shape.Count, shape.Count), random);
        }

        return new ImageDataset($"color {digits.Name}", shape, digits.Classes, pixels, digits.Labels.ToArray());
    }

    private static void Paint(ReadOnlySpan<byte> digit, Span<byte> image, Random random)
    {
        int top = random.Next(Size - DigitSize + 1), left = random.Next(Size - DigitSize + 1);
        for (int channel = 0; channel < Channels; channel++)
        {
            int paper = random.Next(112), ink = 144 + random.Next(112); // far enough apart to be seen
            Span<byte> plane = image.Slice(channel * Size * Size, Size * Size);
            plane.Fill((byte)paper);
            for (int row = 0; row < DigitSize; row++)
            for (int column = 0; column < DigitSize; column++)
                plane[(top + row) * Size + left + column] = (byte)(paper + (ink - paper) * digit[row * DigitSize + column] / 255);
        }
    }
}
