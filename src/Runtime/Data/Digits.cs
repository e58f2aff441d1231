namespace NoiseGen;

/// <summary>
/// Handwritten-like digits, 1×28×28, drawn by the library: a data set for tests and first steps that needs no download. The same seed gives
/// the same bytes on every machine.
/// </summary>
public static class Digits
{
    private const int Classes = 10;
    private const int Pixels = DigitCanvas.Size * DigitCanvas.Size;

    private const int MostImages = 0x7FFFFFC7 / Pixels; // in one array of bytes: Array.MaxLength

    /// <summary>Draws images for training and others for testing; the digits cycle through 0 … 9.</summary>
    /// <param name="seed">Seeds the drawing.</param>
    /// <param name="train">Images to train with, at least 1.</param>
    /// <param name="test">Images to test with, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one, or more than fit in one array.</exception>
    public static DataSplit Create(ulong seed, int train, int test) => new(
        Draw("digits train", seed, RandomStream.TrainDigits, Checked(train, nameof(train))),
        Draw("digits test", seed, RandomStream.TestDigits, Checked(test, nameof(test))));

    private static int Checked(int count, string parameter) => count is >= 1 and <= MostImages
        ? count
        : throw new ArgumentOutOfRangeException(parameter, count, $"Digits are drawn 1 … {MostImages} at a time.");

    private static ImageDataset Draw(string name, ulong seed, RandomStream stream, int count)
    {
        byte[] pixels = new byte[count * Pixels];
        byte[] labels = new byte[count];
        Parallel.For(0, count, image =>
        {
            labels[image] = (byte)(image % Classes);
            var random = new RandomSequence(seed, stream, image);
            Draw(labels[image], pixels.AsSpan(image * Pixels, Pixels), ref random);
        });
        return new(name, new Shape(1, DigitCanvas.Size, DigitCanvas.Size), Classes, pixels, labels);
    }

    private static void Draw(int digit, Span<byte> pixels, ref RandomSequence random)
    {
        byte[][][] styles = DigitStyles.All[digit];
        byte[][] strokes = styles[random.Below(styles.Length)];
        var hand = new DigitHand(ref random);
        var canvas = new DigitCanvas(stackalloc float[Pixels]);
        foreach (byte[] stroke in strokes) Draw(stroke, hand, canvas, ref random);

        float radius = random.Between(0.7f, 1.6f), ink = random.Between(150f, 255f), noise = random.Between(4f, 30f);
        canvas.Develop(pixels, radius, ink, noise, ref random);
    }

    // A Catmull-Rom curve through the points displaced by the hand.
    private static void Draw(byte[] stroke, in DigitHand hand, DigitCanvas canvas, ref RandomSequence random)
    {
        const int Lines = 5; // straight lines between two points of the curve
        int count = stroke.Length / 2;
        Span<(float X, float Y)> points = stackalloc (float, float)[count];
        for (int i = 0; i < count; i++) points[i] = hand.Place(stroke[2 * i], stroke[2 * i + 1], ref random);

        (float X, float Y) pen = points[0];
        for (int i = 0; i + 1 < count; i++)
        {
            (float X, float Y) a = points[Math.Max(i - 1, 0)], b = points[i], c = points[i + 1], d = points[Math.Min(i + 2, count - 1)];
            for (int line = 1; line <= Lines; line++)
            {
                float t = line / (float)Lines;
                (float X, float Y) next = (Curve(a.X, b.X, c.X, d.X, t), Curve(a.Y, b.Y, c.Y, d.Y, t));
                canvas.Line(pen.X, pen.Y, next.X, next.Y);
                pen = next;
            }
        }
    }

    // The curve from b (t = 0) to c (t = 1) whose slope there is half the way from a to c, and from b to d.
    private static float Curve(float a, float b, float c, float d, float t) =>
        b + 0.5f * t * (c - a + t * (2f * a - 5f * b + 4f * c - d + t * (3f * (b - c) + d - a)));
}
