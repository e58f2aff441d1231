using NoiseGen.CompilerServices;

namespace NoiseGen.Tests.Agreement;

/// <summary>Comparisons of float results with the oracle's.</summary>
internal static class AssertAgreement
{
    // Relative to the largest element: float's unit roundoff is 6e-8, and sums of thousands of terms, through several layers, lose two to
    // three digits of it.
    public const double Tolerance = 1e-4;

    // Relative to the network's largest gradient: the rounding error that double leaves in a sum that is zero.
    private const double Cancelled = 1e-12;

    /// <summary>Every element's error is at most <see cref="Tolerance"/> of the tensor's largest element.</summary>
    public static void Tensor(string name, double[] expected, double[] actual)
    {
        double allowed = Tolerance * expected.Max(Math.Abs);
        Tensor(name, expected, actual, _ => allowed);
    }

    /// <summary>The logits of an evaluation of new images, with its noise.</summary>
    public static void Logits(Twin twin, int images)
    {
        const uint Draw = 2;
        twin.Synchronize();
        var key = new NoiseKey(twin.Network.Seed, Draw, Evaluation: true);
        double[][] pixels = twin.DrawImages(images, key);
        var logits = new float[images * twin.Network.Classes];
        twin.Network.Forward(pixels.SelectMany(image => image).Select(value => (float)value).ToArray(), logits, Draw);
        Tensor("logits", [.. pixels.SelectMany((image, i) => twin.Reference.Logits(image, new(key, i)))], Twin.Widen(logits));
    }

    /// <summary>As <see cref="Tensor(string, double[], double[])"/>, for the gradient of one parameter.</summary>
    public static void Gradient(string name, double[][] expected, double[][] actual, int parameter)
    {
        double allowed = AllowedToGradient(expected, parameter);
        Tensor(name, expected[parameter], actual[parameter], _ => allowed);
    }

    /// <summary>
    /// The allowed error of one parameter's gradient. Some gradients are zero by cancellation: a bias before a norm shifts all values
    /// alike, and has no effect. In float, such a gradient is the rounding error of a sum that cancels, so it is compared with the
    /// network's largest gradient.
    /// </summary>
    public static double AllowedToGradient(double[][] expected, int parameter) =>
        Tolerance * (IsCancelled(expected, parameter) ? Largest(expected) : expected[parameter].Max(Math.Abs));

    /// <summary>Whether a parameter's gradient is zero by cancellation.</summary>
    public static bool IsCancelled(double[][] gradients, int parameter) =>
        gradients[parameter].Max(Math.Abs) < Cancelled * Largest(gradients);

    private static double Largest(double[][] tensors) => tensors.Max(tensor => tensor.Max(Math.Abs));

    /// <summary>Every element's error is at most its allowed error.</summary>
    public static void Tensor(string name, double[] expected, double[] actual, Func<int, double> allowed)
    {
        Assert.Equal(expected.Length, actual.Length);
        int[] wrong = [.. Enumerable.Range(0, expected.Length).Where(i => !(Math.Abs(expected[i] - actual[i]) <= allowed(i)))];
        if (wrong.Length == 0) return;
        int worst = wrong.MaxBy(i => Math.Abs(expected[i] - actual[i]) / allowed(i));
        throw new DisagreementException(
            $"{name}: element {worst} is {actual[worst]:G9}, not {expected[worst]:G9}; "
            + $"{wrong.Length} of {expected.Length} elements differ by more than is allowed, here {allowed(worst):G2}.",
            Math.Abs(expected[worst] - actual[worst]) / allowed(worst));
    }

    public static void Loss(double expected, double actual) => Assert.Equal(expected, actual, 1e-5 * Math.Max(1, expected));
}

/// <summary>A float result that differs from the oracle's.</summary>
/// <param name="excess">The error as a multiple of what was allowed.</param>
internal sealed class DisagreementException(string message, double excess) : Xunit.Sdk.XunitException(message)
{
    public double Excess { get; } = excess;
}
