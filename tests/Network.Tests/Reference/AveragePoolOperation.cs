namespace NoiseGen.Tests.Reference;

/// <summary>The mean of each window: over all its positions, or over those that are not padding.</summary>
internal sealed class AveragePoolOperation(PoolDescription pool, Shape input, Shape output) : Operation
{
    private readonly int _pixels = input.Height * input.Width;
    private readonly Contact[][] _windows = Contact.Of(input, output, pool.Window);

    public override double[] Forward(double[] x, ImageNoise noise)
    {
        var y = new double[output.Count];
        for (int i = 0; i < y.Length; i++)
        {
            Contact[] window = _windows[i % _windows.Length];
            int map = i / _windows.Length * _pixels;
            y[i] = window.Sum(contact => x[map + contact.Pixel]) / Divisor(window);
        }

        return y;
    }

    public override double[] Backward(double[] x, double[] dy, ImageNoise noise, double[][] gradients)
    {
        var dx = new double[x.Length];
        for (int i = 0; i < dy.Length; i++)
        {
            Contact[] window = _windows[i % _windows.Length];
            int map = i / _windows.Length * _pixels;
            foreach ((_, int pixel) in window) dx[map + pixel] += dy[i] / Divisor(window);
        }

        return dx;
    }

    private int Divisor(Contact[] window) => pool.CountPadding ? pool.Window.Height * pool.Window.Width : window.Length;
}
