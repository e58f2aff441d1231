namespace NoiseGen.Tests.Reference;

/// <summary>The largest element of each window; the first of the largest, row by row, receives the gradient. Padding never wins.</summary>
internal sealed class MaxPoolOperation(PoolDescription pool, Shape input, Shape output) : Operation
{
    private readonly int _pixels = input.Height * input.Width;
    private readonly Contact[][] _windows = Contact.Of(input, output, pool.Window);

    public override double[] Forward(double[] x, ImageNoise noise) =>
        [.. Enumerable.Range(0, output.Count).Select(i => x[Winner(x, i)])];

    public override double[] Backward(double[] x, double[] dy, ImageNoise noise, double[][] gradients)
    {
        var dx = new double[x.Length];
        for (int i = 0; i < dy.Length; i++) dx[Winner(x, i)] += dy[i];
        return dx;
    }

    /// <summary>
    /// How far ahead the winner is. Exact ties do not count: they come from ReLU's zeros and from a quantizer's levels, which tie in float
    /// as well.
    /// </summary>
    public override double Distance(double[] x)
    {
        double distance = double.PositiveInfinity;
        for (int i = 0; i < output.Count; i++)
        {
            double largest = x[Winner(x, i)];
            int map = i / _windows.Length * _pixels;
            foreach ((_, int pixel) in _windows[i % _windows.Length])
            {
                double behind = largest - x[map + pixel];
                if (behind > 0) distance = Math.Min(distance, behind);
            }
        }

        return distance / Room(x);
    }

    private int Winner(double[] x, int output)
    {
        int map = output / _windows.Length * _pixels;
        int winner = -1;
        foreach ((_, int pixel) in _windows[output % _windows.Length])
        {
            if (winner < 0 || x[map + pixel] > x[winner]) winner = map + pixel;
        }

        return winner;
    }
}
