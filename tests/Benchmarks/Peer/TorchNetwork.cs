using NoiseGen.Benchmarks.Contest;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace NoiseGen.Benchmarks.Peer;

/// <summary>
/// Any network with TorchSharp, from its description:
/// functional calls, channels-last memory, in place wherever autograd allows, one dispose scope a step, no data loader.
/// <see cref="TorchLeNet5"/> is the same by hand.
/// </summary>
internal sealed class TorchNetwork : ITorchContender
{
    private readonly NetworkDescription _network;
    private readonly Variant _variant;
    private readonly Tensor _images;
    private readonly Tensor _labels;
    private readonly Tensor[] _parameters;
    private readonly Tensor[] _statistics;
    private readonly TorchNoise _noise;
    private readonly TorchAdam _adam;
    private Tensor[]? _evaluationParameters;

    public TorchNetwork(NetworkDescription network, Variant variant, Workload workload)
    {
        TorchLibrary.Load(workload.Threads);
        (_network, _variant) = (network, variant);
        long batch = workload.Batch;
        Shape input = network.Input;
        _images = ChannelsLast(tensor(workload.Images, [batch, input.Channels, input.Height, input.Width]));
        _labels = tensor(workload.Labels, dtype: ScalarType.Int64);
        _parameters =
            [.. network.Parameters.Select(parameter => ChannelsLast(zeros([.. parameter.Dimensions.Select(size => (long)size)])))];
        _statistics = [.. network.Statistics.Select(statistic => zeros(statistic.Count))];
        _adam = new TorchAdam(_parameters);
        _noise = new TorchNoise(network.NoiseSites.Select(site => IsFlat(site)
            ? new[] { batch, site.Shape.Channels }
            : [batch, site.Shape.Channels, site.Shape.Height, site.Shape.Width]));
    }

    // Behind a dense layer values are batch × features; elsewhere a map of one pixel is still a map.
    private bool IsFlat(NoiseSiteDescription site) => site.Stage >= 0 && IsFlat(site.Stage);

    private bool IsFlat(int stage) => stage >= 0 && (_network.Stages[stage].Linear is LinearDescription.Dense
        || (_network.Stages[stage].Linear is null && IsFlat(_network.Stages[stage].Source)));

    public void SetSigma(int site, float sigma) => _noise.Sigmas[site] = sigma;

    public void Load(IReadOnlyList<float[]> values)
    {
        using DisposeScope scope = NewDisposeScope();
        ForgetEvaluationParameters();
        foreach ((Tensor parameter, float[] source) in _parameters.Concat(_statistics).Zip(values))
            parameter.copy_(tensor(source, parameter.shape));
    }

    public float TrainStep()
    {
        using DisposeScope scope = NewDisposeScope();
        ForgetEvaluationParameters();
        Tensor[] leaves = UsedParameters();
        foreach (Tensor leaf in leaves) leaf.requires_grad_();
        Tensor loss = cross_entropy(Forward(leaves, isTraining: true), _labels);
        loss.backward();
        _adam.Step([.. leaves.Select(leaf => leaf.grad!)]);
        return loss.item<float>();
    }

    public void Evaluate()
    {
        using DisposeScope scope = NewDisposeScope();
        EvaluationLogits();
    }

    public float[] Logits()
    {
        using DisposeScope scope = NewDisposeScope();
        return EvaluationLogits().data<float>().ToArray();
    }

    public void Dispose()
    {
        ForgetEvaluationParameters();
        foreach (Tensor values in _parameters.Concat(_statistics).Append(_images).Append(_labels)) values.Dispose();
        _noise.Dispose();
        _adam.Dispose();
    }

    private Tensor EvaluationLogits()
    {
        // Weights that do not change are quantized once.
        _evaluationParameters ??= [.. UsedParameters().Select(parameter => parameter.DetachFromDisposeScope())];
        using IDisposable untracked = inference_mode(true);
        return Forward(_evaluationParameters, isTraining: false);
    }

    private Tensor Forward(Tensor[] parameters, bool isTraining)
    {
        var outputs = new Tensor[_network.Stages.Length];
        Tensor input = Noise(_images, -1, Sites.Input, isFresh: false);
        Tensor Output(int stage) => stage < 0 ? input : outputs[stage];
        int next = 0, statistic = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            StageDescription stage = _network.Stages[i];
            Tensor x = Output(stage.Source);
            if (stage.Linear is not null)
            {
                Tensor weights = parameters[next++];
                Tensor? biases = stage.Biases is null ? null : parameters[next++];
                x = Noise(Linear(stage, x, weights, biases), i, Sites.Linear, isFresh: stage.Norm is null);
            }

            if (stage.Norm is { } norm)
            {
                x = batch_norm(x, _statistics[statistic++], _statistics[statistic++], parameters[next++], parameters[next++], isTraining,
                    norm.Momentum, norm.Epsilon);
                x = Noise(x, i, Sites.Norm, isFresh: true);
            }

            if (stage.Merge is { } merge)
                x = Noise(merge.Kind == MergeKind.Sum ? x.add(Output(merge.Other)) : cat([Output(merge.Other), x], 1), i,
                    Sites.Sum, isFresh: true);
            if (stage.Activation is not null) x = Noise(Relu(x, isTraining), i, Sites.Activation, isFresh: true);
            if (stage.Pool is { } pool) x = Noise(Pool(x, pool), i, Sites.Pool, isFresh: true);
            outputs[i] = x;
        }

        return outputs[^1];
    }

    private static Tensor Linear(StageDescription stage, Tensor x, Tensor weights, Tensor? biases)
    {
        if (stage.Linear is not LinearDescription.Conv2d { Window: var w }) return linear(x.flatten(1), weights, biases);
        return conv2d(x, weights, biases, [w.StrideHeight, w.StrideWidth], [w.PaddingHeight, w.PaddingWidth]);
    }

    private static Tensor Pool(Tensor x, PoolDescription pool)
    {
        Window w = pool.Window;
        return pool.Kind == PoolKind.Max
            ? max_pool2d(x, [w.Height, w.Width], [w.StrideHeight, w.StrideWidth], [w.PaddingHeight, w.PaddingWidth])
            : avg_pool2d(
                x, [w.Height, w.Width], [w.StrideHeight, w.StrideWidth], [w.PaddingHeight, w.PaddingWidth], false, pool.CountPadding);
    }

    // relu_ saves its output for backward, which noise in place would spoil; threshold saves its input.
    private Tensor Relu(Tensor values, bool isTraining)
    {
        if (!isTraining) return _variant.Quantize ? TorchQuantizer.ReluInPlace(values) : relu(values, inplace: true);
        return _variant.Quantize ? TorchQuantizer.Relu(values) : _variant.Noise ? threshold(values, 0, 0) : relu(values, inplace: true);
    }

    // In place where autograd has not saved the values: behind a norm's input it has.
    private Tensor Noise(Tensor values, int stage, Sites site, bool isFresh)
    {
        for (int i = 0; i < _network.NoiseSites.Length; i++)
        {
            if (_network.NoiseSites[i].Stage == stage && _network.NoiseSites[i].Site == site)
                return isFresh || site == Sites.Linear ? _noise.AddInPlace(values, i) : _noise.Add(values, i);
        }

        return values;
    }

    // Biases and norms are not quantized.
    private Tensor[] UsedParameters() =>
        [.. _parameters.Select(parameter => _variant.Quantize && parameter.dim() > 1
            ? TorchQuantizer.Weights(parameter) : parameter.detach())];

    private void ForgetEvaluationParameters()
    {
        foreach (Tensor parameter in _evaluationParameters ?? []) parameter.Dispose();
        _evaluationParameters = null;
    }

    // The NHWC memory order in which oneDNN's convolutions are fastest; the shape stays NCHW.
    private static Tensor ChannelsLast(Tensor values)
    {
        if (values.dim() != 4) return values;
        using Tensor _ = values;
        return values.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
    }
}
