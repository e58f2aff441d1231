namespace NoiseGen.Tests.Reference;

/// <summary>y[o] = b[o] + Σ w[o, i] · x[i], i over channel, row, column.</summary>
internal sealed class DenseOperation(int first, bool hasBiases, int inputs, int outputs) : LinearOperation(first, hasBiases)
{
    public override double[] Forward(double[] x, ImageNoise noise)
    {
        var y = new double[outputs];
        for (int o = 0; o < outputs; o++)
        {
            double sum = Bias(o);
            for (int i = 0; i < inputs; i++) sum += Effective[o * inputs + i] * x[i];
            y[o] = sum;
        }

        return y;
    }

    public override double[] Backward(double[] x, double[] dy, ImageNoise noise, double[][] gradients)
    {
        var dx = new double[inputs];
        double[] dw = gradients[First];
        for (int o = 0; o < outputs; o++)
        {
            double g = dy[o];
            if (g == 0) continue;

            AddBias(gradients, o, g);
            for (int i = 0; i < inputs; i++)
            {
                dw[o * inputs + i] += g * x[i];
                dx[i] += g * Effective[o * inputs + i];
            }
        }

        return dx;
    }
}
