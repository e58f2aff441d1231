namespace NoiseGen.Tests.Agreement;

/// <summary>Comparisons of float results with the oracle's.</summary>
internal static class AssertAgreement
{
    // Of the largest element: float's unit roundoff is 6e-8, and sums of thousands of terms, through several layers, lose two to three
    // digits of it.
    public const double Tolerance = 1e-4;

    // Of the network's largest gradient: what double leaves of a sum that is zero.
    private const double Cancelled = 1e-12;

    /// <summary>Every element's error is at most <see cref="Tolerance"/> of the tensor's largest element.</summary>
    public static void Tensor(string name, double[] expected, double[] actual)
    {
        double allowed = Tolerance * expected.Max(Math.Abs);
        Tensor(name, expected, actual, _ => allowed);
    }

    /// <summary>
    /// As <see cref="Tensor(string, double[], double[])"/>, for the gradient of one parameter. Some gradients are zero by cancellation: a bias before a norm shifts
    /// all values alike, and does nothing. What a float has there is the rounding of a sum that cancels; it is compared with the largest gradient of the network.
    /// </summary>
    public static void Gradient(string name, double[][] expected, double[][] actual, int parameter)
    {
        double allowed = Tolerance * (IsCancelled(expected, parameter) ? Largest(expected) : expected[parameter].Max(Math.Abs));
        Tensor(name, expected[parameter], actual[parameter], _ => allowed);
    }

    /// <summary>Whether a parameter's gradient is zero by cancellation.</summary>
    public static bool IsCancelled(double[][] gradients, int parameter) => gradients[parameter].Max(Math.Abs) < Cancelled * Largest(gradients);

    private static double Largest(double[][] tensors) => tensors.Max(tensor => tensor.Max(Math.Abs));

    /// <summary>Every element's error is at most what is allowed to it.</summary>
    public static void Tensor(string name, double[] expected, double[] actual, Func<int, double> allowed)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(expected[i] - actual[i]);
            if (error <= allowed(i)) continue;

            int wrong = Enumerable.Range(0, expected.Length).Count(k => !(Math.Abs(expected[k] - actual[k]) <= allowed(k)));
            Assert.Fail(
                $"{name}: element {i} is {actual[i]:G9}, not {expected[i]:G9}; "
                + $"{wrong} of {expected.Length} elements differ by more than is allowed, here {allowed(i):G2}.");
        }
    }

    public static void Loss(double expected, double actual) => Assert.Equal(expected, actual, 1e-5 * Math.Max(1, expected));
}
