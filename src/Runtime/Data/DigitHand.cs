using System.Runtime.CompilerServices;

namespace NoiseGen;

/// <summary>
/// How one image's hand writes: size, slant, rotation and position on the canvas, a smooth distortion of the whole digit, and a little
/// tremor.
/// </summary>
internal readonly struct DigitHand
{
    private const int Knots = 4;             // rows and columns of the grid that carries the distortion
    private const float Distortion = 0.055f; // standard deviation of a knot's displacement, in boxes
    private const float Tremor = 0.012f;     // standard deviation of a point's own displacement, in boxes
    private const float Box = 20f;           // pixels; MNIST's digits fill 20 of 28

    private readonly Grid _right;
    private readonly Grid _down;
    private readonly float _xx, _xy, _yx, _yy, _x, _y;

    public DigitHand(ref RandomSequence random)
    {
        for (int i = 0; i < Knots * Knots; i++) (_right[i], _down[i]) = (Distortion * random.Gaussian(), Distortion * random.Gaussian());

        // With the tangent t of half the angle, the rotation's cosine is (1 − t²)/(1 + t²) and its sine 2t/(1 + t²); ±0.16 is ±18°.
        float t = 0.16f * random.Symmetric(), norm = 1f / (1f + t * t);
        float cosine = (1f - t * t) * norm, sine = 2f * t * norm;
        float width = Box * random.Between(0.55f, 1.05f), height = Box * random.Between(0.8f, 1.1f);
        float slant = random.Between(-0.35f, 0.15f); // to the right rather than to the left, as most hands do
        (_xx, _xy) = (cosine * width, (cosine * slant - sine) * height);
        (_yx, _yy) = (sine * width, (sine * slant + cosine) * height);
        (_x, _y) = (DigitCanvas.Size / 2f + 2.5f * random.Symmetric(), DigitCanvas.Size / 2f + 2.5f * random.Symmetric());
    }

    /// <summary>Where a point of a style, in hundredths of the box, is placed on the canvas, in pixels.</summary>
    public (float X, float Y) Place(byte right, byte down, ref RandomSequence random)
    {
        float x = right * 0.01f, y = down * 0.01f;
        float u = x + At(_right, x, y) + Tremor * random.Gaussian() - 0.5f;
        float v = y + At(_down, x, y) + Tremor * random.Gaussian() - 0.5f;
        return (_x + _xx * u + _xy * v, _y + _yx * u + _yy * v);
    }

    // The displacement between the four knots around a point.
    private static float At(in Grid grid, float x, float y)
    {
        float column = x * (Knots - 1), row = y * (Knots - 1);
        int left = Math.Min((int)column, Knots - 2), top = Math.Min((int)row, Knots - 2);
        float toRight = column - left, toBottom = row - top;
        int knot = top * Knots + left;
        float above = grid[knot] + toRight * (grid[knot + 1] - grid[knot]);
        float below = grid[knot + Knots] + toRight * (grid[knot + Knots + 1] - grid[knot + Knots]);
        return above + toBottom * (below - above);
    }

    [InlineArray(Knots * Knots)]
    private struct Grid
    {
        private float _first;
    }
}
