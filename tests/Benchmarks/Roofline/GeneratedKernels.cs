using System.Reflection;
using NoiseGen.CompilerServices;

namespace NoiseGen.Benchmarks.Roofline;

/// <summary>
/// The register-tile loops of a generated network, each run alone on one thread for the images of one batch. They are internal, so reflection finds them by
/// their names. They work on memory of their own: one block's, over and over, as a thread of the network does.
/// </summary>
internal sealed class GeneratedKernels(NeuralNetwork network)
{
    private const int Lanes = 32;
    private const int AccumulatorLanes = 16;
    private const BindingFlags Hidden = BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance;

    private readonly int _blocks = network.BatchSize / Lanes;
    private readonly LinearLayer[] _layers = (LinearLayer[])typeof(NeuralNetwork).GetField("_layers", Hidden)!.GetValue(network)!;
    private readonly Random _random = new(1);

    private delegate void RowKernel(ref float source, ref float weights, ref float biases, ref float target, nint row);

    private delegate void LaneGradientKernel(ref float gradients, ref float inputs, ref float accumulators, int start, int end);

    private delegate void OuterProductKernel(
        LinearLayer layer, ref float gradients, ref float inputs, ref float scratch, int blocks, nint blockStride, int part, int parts);

    /// <summary>Forward, input gradient (where the stage has one) and weight gradient of each linear stage.</summary>
    public IEnumerable<KernelProbe> All()
    {
        Type type = network.GetType();
        StageDescription[] stages = [.. network.Description.Stages.Where(stage => stage.Linear is not null)];
        foreach ((StageDescription stage, LinearLayer layer) in stages.Zip(_layers))
        {
            Type stageCode = KernelsOf(type, stage);
            double flops = _blocks * Lanes * Flops.Forward(stage);
            Map input = stage.Linear is LinearDescription.Dense ? new Map(1, stage.Input.Count) : new Map(stage.Input.Height, stage.Input.Count);
            Map output = new(stage.LinearOutput.Height, stage.LinearOutput.Count);

            yield return new KernelProbe($"{stage.Name} forward", 1, flops, Rows(Kernel<RowKernel>(stageCode, "Row"), layer, input, output));
            if (stageCode.GetMethod("InputGradientRow", Hidden) is not null)
                yield return new KernelProbe($"{stage.Name} input gradient", 1, flops, Rows(Kernel<RowKernel>(stageCode, "InputGradientRow"), layer, output, input));
            yield return new KernelProbe($"{stage.Name} weight gradient", 1, flops, stage.Linear is LinearDescription.Dense
                ? OuterProducts(Kernel<OuterProductKernel>(stageCode, "WeightGradient"), layer)
                : LaneGradient(Kernel<LaneGradientKernel>(stageCode, "WeightGradient"), layer, input, output));
        }
    }

    // Stages of one shape share their kernels, whose name tells the shape.
    private static Type KernelsOf(Type network, StageDescription stage)
    {
        string shape = stage.Linear is LinearDescription.Dense dense
            ? $"Dense{stage.Input.Count}to{dense.Features}"
            : $"_{stage.Input.Channels}x{stage.Input.Height}x{stage.Input.Width}to{stage.LinearOutput.Channels}";
        return network.Assembly.GetTypes().Single(one => one.Namespace == $"NoiseGen.Generated.{network.FullName}" && one.Name.Contains(shape, StringComparison.Ordinal));
    }

    private static TKernel Kernel<TKernel>(Type stageCode, string name) where TKernel : Delegate =>
        stageCode.GetMethod(name, Hidden)!.CreateDelegate<TKernel>();

    private Action Rows(RowKernel kernel, LinearLayer layer, Map from, Map to)
    {
        Arena source = Filled(from.Elements * Lanes);
        Arena weights = Filled(layer.Outputs * layer.Inputs);
        Arena biases = Filled(layer.Outputs);
        Arena target = Filled(to.Elements / to.Rows * Lanes);
        return () =>
        {
            for (int block = 0; block < _blocks; block++)
            {
                for (nint row = 0; row < to.Rows; row++) kernel(ref source.At(0), ref weights.At(0), ref biases.At(0), ref target.At(0), row);
            }
        };
    }

    private Action LaneGradient(LaneGradientKernel kernel, LinearLayer layer, Map input, Map output)
    {
        Arena gradients = Filled(output.Elements * Lanes);
        Arena inputs = Filled(input.Elements * Lanes);
        Arena accumulators = new(layer.Outputs * layer.Inputs * AccumulatorLanes);
        return () =>
        {
            accumulators.Span(0, accumulators.Length).Clear();
            for (int block = 0; block < _blocks; block++) kernel(ref gradients.At(0), ref inputs.At(0), ref accumulators.At(0), 0, output.Rows);
        };
    }

    private Action OuterProducts(OuterProductKernel kernel, LinearLayer layer)
    {
        int gradientFloats = layer.Outputs * Lanes;
        int blockStride = gradientFloats + Lanes * WholeVectors(layer.Inputs);
        Arena memory = Filled(_blocks * blockStride);
        Arena scratch = new(layer.Outputs * WholeVectors(layer.Inputs));
        return () => kernel(layer, ref memory.At(0), ref memory.At(gradientFloats), ref scratch.At(0), _blocks, blockStride, 0, 1);
    }

    private static int WholeVectors(int floats) => (floats + 15) / 16 * 16;

    // Small values on both sides of zero: sums neither overflow nor end in slow subnormal numbers.
    private Arena Filled(int length)
    {
        var arena = new Arena(length);
        foreach (ref float value in arena.Span(0, length)) value = _random.NextSingle() - 0.5f;
        return arena;
    }

    /// <summary>Rows and elements of one image's map; a dense layer's is one row.</summary>
    private readonly record struct Map(int Rows, int Elements);
}
