using System.Globalization;
using Microsoft.CodeAnalysis;
using NoiseGen.Benchmarks.Limits;
using NoiseGen.Benchmarks.Tracing;

namespace NoiseGen.Benchmarks.Roofline;

/// <summary>Bytes that an elementwise pass moves in one step, each value once.</summary>
/// <param name="Read">Bytes read.</param>
/// <param name="Written">Bytes written.</param>
internal readonly record struct Traffic(double Read, double Written)
{
    private const double BitBytes = 1.0 / 8;

    /// <summary>All of them.</summary>
    public double Bytes => Read + Written;

    /// <summary>What kind of transfer it is compared with.</summary>
    public Transfer Kind => Written == 0 ? Transfer.Read : Read == 0 ? Transfer.Write : Transfer.ReadWrite;

    public static Traffic operator +(Traffic left, Traffic right) => new(left.Read + right.Read, left.Written + right.Written);

    public static Traffic operator *(double images, Traffic one) => new(images * one.Read, images * one.Written);

    /// <summary>What the calls at one place move; null where that is not known, or not worth counting.</summary>
    /// <param name="site">The place.</param>
    /// <param name="network">The network.</param>
    /// <param name="images">Images of the batch.</param>
    /// <param name="calls">Calls in a step.</param>
    public static Traffic? Of(CallSite site, NetworkDescription network, int images, int calls)
    {
        if (site.Name is "Unsafe.CopyBlock" or "Unsafe.InitBlock") return OfBlock(site, calls);
        if (site.Stage < 0) return site.Name == "NoiseRow.Apply" ? images * InPlace(network.Input.Count) : null;
        StageDescription stage = network.Stages[site.Stage];
        return site.Name.StartsWith("WeightPacking.", StringComparison.Ordinal) ? OfPacking(site, stage) : images * OfImage(site, stage);
    }

    // Elements of an image's maps: before the merge, behind it, behind the pool.
    private static Traffic? OfImage(CallSite site, StageDescription stage)
    {
        int linear = stage.LinearOutput.Count, merged = stage.MergeOutput.Count, output = stage.Output.Count;
        double winners = stage.Pool is { Kind: PoolKind.Max, Window: var window } ? output * window.Height * window.Width * BitBytes : 0;
        return site.Name switch
        {
            "NoiseRow.Apply" => InPlace(site.Arguments[^1] switch { "linear" => linear, "pool" => output, _ => merged }),
            "LaneMask.Clear" => InPlace(merged) + new Traffic(merged * BitBytes, 0),
            "MaxPool.Row" => new Traffic(Floats(merged), Floats(output) + winners),
            "MaxPool.GradientRow" => new Traffic(Floats(output) + winners, Floats(merged)),
            "AveragePool.Row" => new Traffic(Floats(merged), Floats(output)),
            "AveragePool.GradientRow" => new Traffic(Floats(output), Floats(merged)),
            "BatchNormLayer.AddRow" or "WeightGradients.AddBiasRow" => new Traffic(Floats(linear), 0),
            "BatchNormLayer.AddGradientRow" => new Traffic(Floats(2 * linear), 0),
            "BatchNormLayer.InputGradientRow" => new Traffic(Floats(2 * linear), Floats(linear)),
            "WeightGradients.TransposeInputs" => InPlace(stage.Input.Count),
            _ => site.Method.ContainingType.Name == "Rows" ? OfRow(site.Method, merged) : null,
        };
    }

    // Every float by reference is a map, but for the norm's coefficients; every half word holds a bit for each value.
    private static Traffic OfRow(IMethodSymbol pass, int elements)
    {
        Traffic sum = default;
        foreach (IParameterSymbol parameter in pass.Parameters.Where(parameter => parameter.RefKind == RefKind.Ref))
        {
            sum += parameter.Name switch
            {
                "scales" or "shifts" => default,
                "source" or "other" => new Traffic(Floats(elements), 0),
                _ => new Traffic(0, parameter.Type.SpecialType == SpecialType.System_UInt16 ? elements * BitBytes : Floats(elements)),
            };
        }

        return sum;
    }

    // Transformed weights are as many as the products, for 9 taps.
    private static Traffic OfPacking(CallSite site, StageDescription stage)
    {
        double weights = Floats(stage.Weights!.Count);
        return new Traffic(
            weights, KernelTransforms.OfTypeArgument(site.Method) is { } transforms ? weights * transforms.Products / 9 : weights);
    }

    private static Traffic? OfBlock(CallSite site, int calls)
    {
        if (!double.TryParse(site.Arguments[^1], CultureInfo.InvariantCulture, out double bytes)) return null;
        return calls * new Traffic(site.Method.Name == "CopyBlock" ? bytes : 0, bytes);
    }

    private static Traffic InPlace(int elements) => new(Floats(elements), Floats(elements));

    private static double Floats(int count) => (double)sizeof(float) * count;
}
