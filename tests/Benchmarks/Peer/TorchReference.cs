using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace NoiseGen.Benchmarks.Peer;

/// <summary>
/// A network with TorchSharp from its description, in double precision and with nothing left out, for checking and not for speed:
/// autograd through everything, the scales of the weights' quantizers included; rounding is straight-through.
/// </summary>
/// <param name="network">The description.</param>
/// <param name="steps">The distance between two levels of a stage's activation quantizer.</param>
internal sealed class TorchReference(NetworkDescription network, Func<StageDescription, float> steps) : IDisposable
{
    private const double SmallestMagnitude = 1e-10;

    private readonly Tensor[] _parameters = [.. network.Parameters.Select(parameter => zeros(Sizes(parameter), ScalarType.Float64))];
    private readonly Tensor[] _statistics = [.. network.Statistics.Select(statistic => zeros(Sizes(statistic), ScalarType.Float64))];

    /// <summary>
    /// How near the latest forward pass came to a kink:
    /// the least distance of a value from a rounding boundary, in steps, or of a ReLU's input from zero,
    /// as a share of its root mean square. Nearer than float errors, the two sides could decide differently, and both be right.
    /// </summary>
    public double KinkDistance { get; private set; }

    /// <summary>Mean and unbiased variance of each norm's input in the latest training pass, in the order of the statistics.</summary>
    public List<float[]> BatchStatistics { get; } = [];

    /// <summary>Of one of ours.</summary>
    public static TorchReference Of(NeuralNetwork network) =>
        new(network.Description, stage => network.Stages.Single(one => one.Description == stage).Quantizer.Step);

    public void Dispose()
    {
        foreach (Tensor values in _parameters.Concat(_statistics)) values.Dispose();
    }

    /// <summary>Sets the parameters, then the running statistics, each in PyTorch's layout and order.</summary>
    public void Load(IReadOnlyList<float[]> values)
    {
        using DisposeScope scope = NewDisposeScope();
        foreach ((Tensor target, float[] source) in _parameters.Concat(_statistics).Zip(values))
            target.copy_(tensor(source).to(ScalarType.Float64).reshape(target.shape));
    }

    /// <summary>The logits with running statistics.</summary>
    public double[] Logits(float[] images, int count)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable untracked = no_grad();
        return Forward(Images(images, count), _parameters, isTraining: false).data<double>().ToArray();
    }

    /// <summary>A training pass without gradients: for <see cref="KinkDistance"/> and <see cref="BatchStatistics"/>.</summary>
    public void Pass(float[] images, int count)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable untracked = no_grad();
        Forward(Images(images, count), _parameters, isTraining: true);
    }

    /// <summary>The mean cross-entropy of a training pass.</summary>
    public double Loss(float[] images, int[] labels)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable untracked = no_grad();
        return Loss(Forward(Images(images, labels.Length), _parameters, isTraining: true), labels).item<double>();
    }

    /// <summary>Gradients of the mean cross-entropy, in the order of the parameters, and the loss.</summary>
    public (double Loss, double[][] Gradients) ComputeGradients(float[] images, int[] labels)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] leaves = [.. _parameters.Select(parameter => parameter.detach().clone().requires_grad_())];
        Tensor loss = Loss(Forward(Images(images, labels.Length), leaves, isTraining: true), labels);
        loss.backward();
        return (loss.item<double>(), [.. leaves.Select(leaf => (leaf.grad ?? zeros_like(leaf)).contiguous().data<double>().ToArray())]);
    }

    private static Tensor Loss(Tensor logits, int[] labels) => cross_entropy(logits, tensor(labels, dtype: ScalarType.Int64));

    private static long[] Sizes(ParameterDescription parameter) => [.. parameter.Dimensions.Select(size => (long)size)];

    private Tensor Images(float[] images, int count) =>
        tensor(images).to(ScalarType.Float64).reshape(count, network.Input.Channels, network.Input.Height, network.Input.Width);

    private Tensor Forward(Tensor input, Tensor[] parameters, bool isTraining)
    {
        KinkDistance = double.PositiveInfinity;
        BatchStatistics.Clear();
        Dictionary<ParameterDescription, Tensor> values = network.Parameters.Zip(parameters).Concat(network.Statistics.Zip(_statistics))
            .ToDictionary(pair => pair.First, pair => pair.Second);
        var outputs = new List<Tensor>();
        Tensor Output(int stage) => stage < 0 ? input : outputs[stage];
        foreach (StageDescription stage in network.Stages)
        {
            Tensor x = Output(stage.Source);
            if (stage.Linear is not null) x = Linear(stage, x, values);
            if (stage.Norm is { } norm) x = Norm(norm, x, values, isTraining);
            if (stage.Merge is { } merge) x = merge.Kind == MergeKind.Sum ? x + Output(merge.Other) : cat([Output(merge.Other), x], 1);
            if (stage.Activation is not null) x = Relu(x);
            if (stage.ActivationQuantizer is { } quantizer) x = Quantize(x, stage, quantizer);
            if (stage.Pool is { } pool) x = Pool(x, pool);
            outputs.Add(x);
        }

        return outputs[^1];
    }

    private static Tensor Linear(StageDescription stage, Tensor x, Dictionary<ParameterDescription, Tensor> values)
    {
        Tensor weights = values[stage.Weights!];
        if (stage.WeightQuantizer is { } quantizer) weights = Quantize(weights, quantizer);
        Tensor? biases = stage.Biases is null ? null : values[stage.Biases];
        return stage.Linear is LinearDescription.Conv2d { Window: var w, Groups: var groups }
            ? conv2d(x, weights, biases, [w.StrideHeight, w.StrideWidth], [w.PaddingHeight, w.PaddingWidth], [1, 1], groups)
            : linear(x.flatten(1), weights, biases);
    }

    private Tensor Norm(BatchNormDescription norm, Tensor x, Dictionary<ParameterDescription, Tensor> values, bool isTraining)
    {
        if (isTraining)
        {
            long[] others = x.dim() == 4 ? [0, 2, 3] : [0];
            BatchStatistics.Add(Floats(x.detach().mean(others)));
            BatchStatistics.Add(Floats(x.detach().var(others, unbiased: true)));
        }

        return batch_norm(
            x, isTraining ? null : values[norm.RunningMean], isTraining ? null : values[norm.RunningVariance],
            values[norm.Weights], values[norm.Biases],
            isTraining, norm.Momentum, norm.Epsilon);
    }

    private static float[] Floats(Tensor values) => values.to(ScalarType.Float32).data<float>().ToArray();

    private Tensor Relu(Tensor x)
    {
        Note(x.detach().abs() / x.detach().square().mean().sqrt());
        return relu(x);
    }

    private Tensor Quantize(Tensor x, StageDescription stage, ActivationQuantizerDescription quantizer)
    {
        int lowest = quantizer.Signed ? -(1 << (quantizer.Bits - 1)) : 0;
        int highest = quantizer.Signed ? (1 << (quantizer.Bits - 1)) - 1 : (1 << quantizer.Bits) - 1;
        double step = steps(stage);
        Tensor levels = x.detach() / step, rounded = levels.round();
        Note(((levels - levels.floor()) - 0.5).abs());
        Tensor passes = rounded.ge(lowest).logical_and(rounded.le(highest));
        if (!quantizer.Signed) passes = passes.logical_and(levels.gt(0));
        Tensor passed = x * passes.to(ScalarType.Float64);
        return passed + (rounded.clamp(lowest, highest) * step - passed.detach());
    }

    private static Tensor Quantize(Tensor weights, WeightQuantizerDescription quantizer)
    {
        int levels = (1 << (quantizer.Bits - 1)) - 1;
        Tensor magnitudes = weights.abs();
        // amax would divide the gradient among equal ones; by this library's definition, and Brevitas', the first in a channel has it.
        Tensor largest = quantizer.PerChannel ? magnitudes.flatten(1).max(1).values : magnitudes.max();
        Tensor scale = largest.clamp_min(SmallestMagnitude) / levels;
        if (quantizer.PerChannel) scale = scale.reshape([-1, .. Enumerable.Repeat(1L, (int)weights.dim() - 1)]);
        Tensor steps = weights / scale;
        return scale * (steps + (steps.detach().round().clamp(-levels, levels) - steps.detach()));
    }

    private static Tensor Pool(Tensor x, PoolDescription pool)
    {
        Window w = pool.Window;
        return pool.Kind == PoolKind.Max
            ? max_pool2d(x, [w.Height, w.Width], [w.StrideHeight, w.StrideWidth], [w.PaddingHeight, w.PaddingWidth])
            : avg_pool2d(x, [w.Height, w.Width], [w.StrideHeight, w.StrideWidth], [w.PaddingHeight, w.PaddingWidth],
                count_include_pad: pool.CountPadding);
    }

    private void Note(Tensor distances) => KinkDistance = Math.Min(KinkDistance, distances.min().item<double>());
}
