namespace NoiseGen.Tests.Reference;

/// <summary>What lies between a layer's weights and the weights that it multiplies with.</summary>
internal interface IWeightQuantizer
{
    double[] Forward(double[] w);

    double[] Backward(double[] w, double[] dy);
}

/// <summary>
/// y = s·clamp(round(w / s), ±M), half to even, M = 2^(bits−1) − 1, s = max(max|w|, 1e-10) / M over a group: the tensor, or an output
/// channel. The gradient passes straight through rounding and clamping, and through s: the element that holds max|w| also receives
/// sign(w)/M · Σ gᵢ(qᵢ − wᵢ/s). Elements that tie for it share it evenly in a tensor (torch.max of all elements); in a channel the first
/// one receives all of it (torch.max over a dimension). Without bits, y = w.
/// </summary>
internal sealed class ReferenceWeightQuantizer(WeightQuantizerDescription description, int channels) : IWeightQuantizer
{
    private readonly bool _isIdeal = description.Bits == 0;
    private readonly int _largest = (1 << (description.Bits - 1)) - 1;

    public double[] Forward(double[] w)
    {
        if (_isIdeal) return [.. w];
        var y = new double[w.Length];
        foreach ((int start, int end) in Groups(w))
        {
            double scale = Scale(w.AsSpan(start..end));
            for (int i = start; i < end; i++) y[i] = scale * Level(w[i] / scale);
        }

        return y;
    }

    public double[] Backward(double[] w, double[] dy)
    {
        var dw = (double[])dy.Clone();
        if (_isIdeal) return dw;
        foreach ((int start, int end) in Groups(w))
        {
            double scale = Scale(w.AsSpan(start..end));
            double throughScale = 0;
            for (int i = start; i < end; i++) throughScale += dy[i] * (Level(w[i] / scale) - w[i] / scale);

            int[] holders = Holders(w, start, end);
            foreach (int i in holders) dw[i] += Math.Sign(w[i]) * throughScale / _largest / holders.Length;
        }

        return dw;
    }

    /// <summary>
    /// How far each weight is from a rounding boundary, in units of the step, relative to the float's own spacing where that is coarse.
    /// </summary>
    public double[] Distances(double[] w)
    {
        var distances = new double[w.Length];
        Array.Fill(distances, double.PositiveInfinity);
        if (_isIdeal) return distances;
        foreach ((int start, int end) in Groups(w))
        {
            double scale = Scale(w.AsSpan(start..end));
            for (int i = start; i < end; i++)
            {
                double steps = Math.Abs(w[i] / scale);
                distances[i] = Math.Abs(steps - Math.Floor(steps) - 0.5) / Math.Max(1, steps / 16);
            }
        }

        return distances;
    }

    private double Level(double steps) => Math.Clamp(Math.Round(steps, MidpointRounding.ToEven), -_largest, _largest);

    private double Scale(ReadOnlySpan<double> group)
    {
        double largest = 1e-10;
        foreach (double value in group) largest = Math.Max(largest, Math.Abs(value));
        return largest / _largest;
    }

    private int[] Holders(double[] w, int start, int end)
    {
        int[] group = [.. Enumerable.Range(start, end - start)];
        double largest = group.Max(i => Math.Abs(w[i]));
        int[] holders = [.. group.Where(i => Math.Abs(w[i]) == largest)];
        return description.PerChannel ? holders[..1] : holders;
    }

    private IEnumerable<(int Start, int End)> Groups(double[] w)
    {
        int count = description.PerChannel ? channels : 1;
        int length = w.Length / count;
        return Enumerable.Range(0, count).Select(group => (group * length, (group + 1) * length));
    }
}
