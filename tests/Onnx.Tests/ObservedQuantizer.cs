using NoiseGen.Tests.Reference;

namespace NoiseGen.Tests;

/// <summary>
/// A quantizer of the oracle that follows a model: it computes the level in double precision, and passes on the level that the model chose.
/// The two may differ only if the oracle's value is on the boundary between them, within the precision of float.
/// So a difference in the last bit is recognized, and everything after it is compared without tolerance for it.
/// </summary>
/// <param name="name">Path of the stage.</param>
/// <param name="exact">The oracle's quantizer.</param>
/// <param name="observed">The model's values after the quantizer, per image.</param>
internal sealed class ObservedQuantizer(string name, ActivationQuantizerOperation exact, float[][] observed) : Operation
{
    // The largest rounding error of a sum in float, relative to the largest value in it.
    private const double Tie = 2e-6;

    private int _differing;

    /// <summary>The number of elements with a different level.</summary>
    public int Differing => _differing;

    public int Count => observed.Sum(image => image.Length);

    public override double[] Forward(double[] x, ImageNoise noise)
    {
        double[] y = exact.Forward(x, noise);
        float[] seen = observed[noise.Image];
        double step = exact.Step, largest = x.Max(Math.Abs);
        Assert.Equal(y.Length, seen.Length);
        for (int i = 0; i < y.Length; i++)
        {
            double chosen = step * Math.Round(seen[i] / step);
            if (Math.Abs(chosen - y[i]) < 0.5 * step) continue;
            double boundary = (chosen + y[i]) / 2, distance = Math.Abs(x[i] - boundary);
            Assert.True(
                Math.Abs(chosen - y[i]) < 1.5 * step && distance <= Tie * largest,
                $"{name}: element {i} of image {noise.Image} is {x[i]:G9}, {distance / largest:G2} of the largest value from a boundary; "
                    + $"it became {chosen:G9}, not {y[i]:G9}.");
            Interlocked.Increment(ref _differing);
            y[i] = chosen;
        }

        return y;
    }

    public override double[] Backward(double[] x, double[] dy, ImageNoise noise, double[][] gradients) =>
        throw new NotSupportedException("Evaluation alone.");
}
