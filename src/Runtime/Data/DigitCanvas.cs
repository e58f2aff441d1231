using System.Runtime.Intrinsics;

namespace NoiseGen;

/// <summary>A 28×28 canvas for a round pen: keeps each pixel's squared distance to the line drawn so far.</summary>
internal readonly ref struct DigitCanvas
{
    /// <summary>Rows and columns.</summary>
    public const int Size = 28;

    private const float Reach = 3f; // pixels; farther from the line there is no ink, as no pen is wider than 2 · (Reach − ½)

    private readonly Span<float> _squares;

    /// <param name="squares">Memory for the distances, Size × Size.</param>
    public DigitCanvas(Span<float> squares)
    {
        _squares = squares;
        _squares.Fill(Reach * Reach);
    }

    /// <summary>Draws a straight line between two points, in pixels from the top left corner.</summary>
    public void Line(float x0, float y0, float x1, float y1)
    {
        float dx = x1 - x0, dy = y1 - y0;
        float scale = 1f / (dx * dx + dy * dy + 1e-6f); // the summand keeps a line of no length from dividing by 0
        (int left, int right) = Pixels(x0, x1);
        (int top, int bottom) = Pixels(y0, y1);
        for (int row = top; row < bottom; row++)
        {
            for (int column = left; column < right; column++)
            {
                float px = column + 0.5f - x0, py = row + 0.5f - y0;
                float along = Math.Clamp((px * dx + py * dy) * scale, 0f, 1f);
                float ex = px - along * dx, ey = py - along * dy;
                ref float square = ref _squares[row * Size + column];
                square = Math.Min(square, ex * ex + ey * ey);
            }
        }
    }

    /// <summary>Writes the picture: black 0, the pen's edge half way between, with noise on every pixel.</summary>
    /// <param name="pixels">Where the pixels go.</param>
    /// <param name="radius">Half the pen's width in pixels, at most Reach − ½.</param>
    /// <param name="ink">The line's brightness, 0 … 255.</param>
    /// <param name="noise">Standard deviation of the noise, in the same units.</param>
    /// <param name="random">Draws the noise.</param>
    public void Develop(Span<byte> pixels, float radius, float ink, float noise, ref RandomSequence random)
    {
        Vector512<float> edge = Vector512.Create(radius + 0.5f), white = Vector512.Create(255f);
        for (int i = 0; i < pixels.Length; i += Vector512<float>.Count)
        {
            Vector512<float> inside = Vector512.Clamp(
                edge - Vector512.Sqrt(Vector512.Create<float>(_squares[i..])), Vector512<float>.Zero, Vector512<float>.One);
            Vector512<float> value = Vector512.FusedMultiplyAdd(random.SixteenGaussians(), Vector512.Create(noise), inside * ink);
            Vector512<int> rounded = Vector512.ConvertToInt32(
                Vector512.Clamp(value + Vector512.Create(0.5f), Vector512<float>.Zero, white));
            for (int lane = 0; lane < Vector512<int>.Count; lane++) pixels[i + lane] = (byte)rounded[lane];
        }
    }

    // The pixels that a line from a to b can touch, in one direction.
    private static (int From, int To) Pixels(float a, float b) =>
        (Math.Clamp((int)(Math.Min(a, b) - Reach), 0, Size), Math.Clamp((int)(Math.Max(a, b) + Reach) + 1, 0, Size));
}
