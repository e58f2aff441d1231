using SkiaSharp;

namespace NoiseGen.Images;

/// <summary>One picture, read and scaled.</summary>
internal static class Picture
{
    /// <summary>Writes a picture's pixels, channel × row × column.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shape">The shape of the image.</param>
    /// <param name="fit">How it is fitted.</param>
    /// <param name="pixels">The target.</param>
    /// <exception cref="DataFileException">It cannot be read, or is not a picture.</exception>
    public static void Read(string path, Shape shape, ImageFit fit, Span<byte> pixels)
    {
        using SKBitmap picture = Decode(path);
        using var scaled = new SKBitmap(new SKImageInfo(shape.Width, shape.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        using (var canvas = new SKCanvas(scaled))
        using (SKImage image = SKImage.FromBitmap(picture))
        {
            canvas.Clear(SKColors.White);
            // Mipmaps, so that strong reduction averages pixels instead of picking some.
            canvas.DrawImage(image, Part(picture, shape, fit), new SKRect(0, 0, shape.Width, shape.Height),
                new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        }

        ReadOnlySpan<byte> rgba = scaled.GetPixelSpan();
        int count = shape.Height * shape.Width;
        for (int row = 0; row < shape.Height; row++)
        for (int column = 0; column < shape.Width; column++)
        {
            ReadOnlySpan<byte> pixel = rgba.Slice(row * scaled.RowBytes + 4 * column, 3);
            int place = row * shape.Width + column;
            if (shape.Channels == 1) pixels[place] = Luma(pixel);
            else for (int channel = 0; channel < 3; channel++) pixels[channel * count + place] = pixel[channel];
        }
    }

    private static SKBitmap Decode(string path)
    {
        try
        {
            using var codec = SKCodec.Create(path, out SKCodecResult result);
            if (codec is null) throw new DataFileException(path, $"expected a picture, found none that can be read ({result}).");
            var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul);
            var bitmap = new SKBitmap(info);
            result = codec.GetPixels(info, bitmap.GetPixels());
            if (result == SKCodecResult.Success) return Upright(bitmap, codec.EncodedOrigin);
            bitmap.Dispose();
            throw new DataFileException(path, $"expected a whole picture, found one that is cut off or damaged ({result}).");
        }
        catch (Exception e) when (e is IOException and not DataFileException or UnauthorizedAccessException)
        {
            throw new DataFileException(path, $"expected a readable file, found: {e.Message}", e);
        }
    }

    // Cameras rotate pictures with an orientation tag in the file.
    private static SKBitmap Upright(SKBitmap stored, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft or SKEncodedOrigin.Default) return stored;
        bool isTurned =
            origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        (int width, int height) = isTurned ? (stored.Height, stored.Width) : (stored.Width, stored.Height);
        var upright = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        using (stored)
        using (var canvas = new SKCanvas(upright))
        {
            canvas.SetMatrix(Turn(origin, width, height));
            canvas.DrawBitmap(stored, 0, 0, new SKSamplingOptions(SKFilterMode.Nearest));
        }

        return upright;
    }

    private static SKMatrix Turn(SKEncodedOrigin origin, float width, float height) => origin switch
    {
        SKEncodedOrigin.TopRight => new(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new(0, -1, width, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new(0, -1, width, -1, 0, height, 0, 0, 1),
        _ => new(0, 1, 0, -1, 0, height, 0, 0, 1),
    };

    private static SKRect Part(SKBitmap picture, Shape shape, ImageFit fit)
    {
        if (fit == ImageFit.Stretch) return new SKRect(0, 0, picture.Width, picture.Height);
        float scale = Math.Min((float)picture.Width / shape.Width, (float)picture.Height / shape.Height);
        return SKRect.Create((picture.Width - scale * shape.Width) / 2, (picture.Height - scale * shape.Height) / 2, scale * shape.Width,
            scale * shape.Height);
    }

    // In units of 1/65536, as in Pillow.
    private static byte Luma(ReadOnlySpan<byte> rgb) => (byte)((19595 * rgb[0] + 38470 * rgb[1] + 7471 * rgb[2] + 0x8000) >> 16);
}
