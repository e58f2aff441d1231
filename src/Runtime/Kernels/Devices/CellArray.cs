using System.Numerics.Tensors;
using static NoiseGen.CompilerServices.CellGroup;

namespace NoiseGen.CompilerServices;

/// <summary>
/// The memory cells of one layer's weights. A weight w is a pair of cells with the targets max(w, 0)/W and max(−w, 0)/W, where W is max |w|
/// of the layer or of the output; what is read of them, times W, is the weight that passes compute with.
/// </summary>
internal abstract class CellArray(DeviceDescription description, int stage, int outputs, int inputs)
{
    private readonly float[] _largest = new float[outputs];
    private readonly double[] _programmedSums = new double[outputs], _agedSums = new double[outputs];
    private Arena? _values, _programmed, _aged;

    /// <summary>Whether the pass computes with a chip's weights.</summary>
    public bool IsActive => Chip is not null;

    /// <summary>Whether the pass makes up for drift.</summary>
    public bool IsCompensated => Compensation != DriftCompensation.None;

    /// <summary>The weights as they are read, without compensation.</summary>
    public Arena Values => _values!;

    /// <summary>The chip of the pass.</summary>
    protected ChipPass? Chip { get; private set; }

    /// <summary>The realisation of what is read.</summary>
    protected NoiseKey ReadKey { get; private set; }

    protected int Stage => stage;

    private DriftCompensation Compensation { get; set; } = DriftCompensation.None;

    private int Count => outputs * inputs;

    /// <summary>Prepares a pass. Makes room when a chip is asked for the first time.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="weights">The weights, quantized where they are.</param>
    /// <returns>Whether the pass computes on a chip.</returns>
    public bool Begin(in NoisePass pass, ReadOnlySpan<float> weights)
    {
        (Chip, ReadKey) = (pass.Chip, pass.Key);
        Compensation = Chip?.Age is { } age ? age.Compensation ?? description.Compensation : DriftCompensation.None;
        if (Chip is null) return false;
        _values ??= new Arena(RoundedUp(Count));
        if (IsCompensated)
        {
            _programmed ??= new Arena(RoundedUp(Count));
            _aged ??= new Arena(RoundedUp(Count));
        }

        for (int o = 0; o < outputs; o++) _largest[o] = MathF.Abs(TensorPrimitives.MaxMagnitude(weights.Slice(o * inputs, inputs)));
        if (!description.PerChannel) Array.Fill(_largest, TensorPrimitives.Max<float>(_largest));
        return true;
    }

    /// <summary>Programs a share of the weights, lets them age and reads them.</summary>
    public void Program(ReadOnlySpan<float> weights, int part, int parts)
    {
        int groups = RoundedUp(Count) / Size;
        ProgramGroups(weights, Share.Start(groups, part, parts), Share.Start(groups, part + 1, parts));
    }

    /// <summary>Sums what the weights of a share of the outputs were and are, before <see cref="Compensate"/> of any.</summary>
    public void SumColumns(int part, int parts)
    {
        for (int o = Share.Start(outputs, part, parts); o < Share.Start(outputs, part + 1, parts); o++)
        {
            _programmedSums[o] = Sum(_programmed!.Span(o * inputs, inputs));
            _agedSums[o] = Sum(_aged!.Span(o * inputs, inputs));
        }
    }

    /// <summary>Makes up for the drift of a share of the outputs, in the weights that passes compute with.</summary>
    /// <remarks>
    /// The factor is digital and behind the sum of products. Without a converter in between, a factor of the weights is the same.
    /// </remarks>
    public void Compensate(Span<float> weights, int part, int parts)
    {
        float global = GlobalGain();
        for (int o = Share.Start(outputs, part, parts); o < Share.Start(outputs, part + 1, parts); o++)
        {
            Span<float> row = weights.Slice(o * inputs, inputs);
            TensorPrimitives.Multiply(row, Gain(o, global), row);
        }
    }

    /// <summary>The weights of the last pass's chip, and the factors that make up for their drift, one for each output.</summary>
    /// <remarks>Where nothing else disturbs the weights, they have their factors already.</remarks>
    /// <param name="hasGains">Whether the weights have their factors.</param>
    public (float[] Weights, float[] Gains) Contents(bool hasGains)
    {
        float global = GlobalGain();
        return (Values.Span(0, Count).ToArray(), [.. Enumerable.Range(0, outputs).Select(o => hasGains ? 1f : Gain(o, global))]);
    }

    /// <summary>Programs some groups of weights.</summary>
    protected abstract void ProgramGroups(ReadOnlySpan<float> weights, int start, int end);

    /// <summary>Fills a group's largest weights, W of each.</summary>
    protected void FillLargest(Span<float> largest, int first)
    {
        for (int i = 0; i < largest.Length; i++) largest[i] = first + i < Count ? _largest[(first + i) / inputs] : 1f;
    }

    /// <summary>Where a group's results go.</summary>
    protected CellResults Results(int first) => new(
        ref _values!.At(first), IsCompensated, ref (IsCompensated ? _programmed! : _values).At(first),
        ref (IsCompensated ? _aged! : _values).At(first));

    private float Gain(int output, float global) => Compensation switch
    {
        DriftCompensation.PerColumn => Ratio(_programmedSums[output], _agedSums[output]),
        DriftCompensation.Global => global,
        _ => 1f,
    };

    private float GlobalGain()
    {
        double programmed = 0, aged = 0;
        for (int o = 0; o < outputs; o++) (programmed, aged) = (programmed + _programmedSums[o], aged + _agedSums[o]);
        return Ratio(programmed, aged);
    }

    private static float Ratio(double programmed, double aged) => aged > 0 ? (float)(programmed / aged) : 1f;

    // In the order of memory, whoever sums.
    private static double Sum(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values) sum += value;
        return sum;
    }
}
