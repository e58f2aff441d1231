using NoiseGen.Benchmarks.Contest;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace NoiseGen.Benchmarks.Peer;

/// <summary>
/// LeNet-5 with TorchSharp, as fast as we could make it:
/// functional calls, channels-last memory, in place wherever autograd allows, one dispose scope a step, no data loader.
/// </summary>
internal sealed class TorchLeNet5 : ITorchContender
{
    private readonly Variant _variant;
    private readonly Tensor _images;
    private readonly Tensor _labels;
    private readonly Tensor[] _parameters;
    private readonly TorchNoise _noise;
    private readonly TorchAdam _adam;
    private Tensor[]? _evaluationParameters;

    /// <param name="variant">What to do beside the plain computation.</param>
    /// <param name="workload">The batch.</param>
    public TorchLeNet5(Variant variant, Workload workload)
    {
        TorchLibrary.Load(workload.Threads);
        int batch = workload.Batch;
        _variant = variant;
        _images = ChannelsLast(tensor(workload.Images, [batch, 3, 32, 32]));
        _labels = tensor(workload.Labels, dtype: ScalarType.Int64);
        long[][] dimensions = [[6, 3, 5, 5], [6], [16, 6, 5, 5], [16], [120, 400], [120], [84, 120], [84], [10, 84], [10]];
        _parameters = [.. dimensions.Select(shape => ChannelsLast(zeros(shape)))];
        _adam = new TorchAdam(_parameters);
        _noise = new TorchNoise(
        [
            [batch, 3, 32, 32], [batch, 6, 28, 28], [batch, 6, 28, 28], [batch, 6, 14, 14], [batch, 16, 10, 10], [batch, 16, 10, 10],
            [batch, 16, 5, 5], [batch, 120], [batch, 120], [batch, 84], [batch, 84], [batch, 10],
        ]);
    }

    public void SetSigma(int site, float sigma) => _noise.Sigmas[site] = sigma;

    public void Load(IReadOnlyList<float[]> values)
    {
        using DisposeScope scope = NewDisposeScope();
        ForgetEvaluationParameters();
        foreach ((Tensor parameter, float[] source) in _parameters.Zip(values)) parameter.copy_(tensor(source, parameter.shape));
    }

    public float TrainStep()
    {
        using DisposeScope scope = NewDisposeScope();
        ForgetEvaluationParameters();

        // Fresh leaves have no gradient to clear; the quantized ones' gradients are the parameters' own: straight through.
        Tensor[] leaves = UsedParameters();
        foreach (Tensor leaf in leaves) leaf.requires_grad_();
        Tensor loss = cross_entropy(Forward(leaves, TrainingActivation), _labels);
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
        foreach (Tensor values in _parameters.Append(_images).Append(_labels)) values.Dispose();
        _noise.Dispose();
        _adam.Dispose();
    }

    private Tensor EvaluationLogits()
    {
        // Weights that do not change are quantized once.
        _evaluationParameters ??= [.. UsedParameters().Select(parameter => parameter.DetachFromDisposeScope())];
        using IDisposable untracked = inference_mode(true);
        return Forward(_evaluationParameters, EvaluationActivation);
    }

    private Tensor Forward(Tensor[] p, Func<Tensor, Tensor> activation)
    {
        Tensor x = _noise.Add(_images, 0);
        x = _noise.AddInPlace(conv2d(x, p[0], p[1]), 1);
        x = _noise.AddInPlace(activation(x), 2);
        x = _noise.AddInPlace(avg_pool2d(x, 2), 3);
        x = _noise.AddInPlace(conv2d(x, p[2], p[3]), 4);
        x = _noise.AddInPlace(activation(x), 5);
        x = _noise.AddInPlace(avg_pool2d(x, 2), 6).flatten(1);
        x = _noise.AddInPlace(linear(x, p[4], p[5]), 7);
        x = _noise.AddInPlace(activation(x), 8);
        x = _noise.AddInPlace(linear(x, p[6], p[7]), 9);
        x = _noise.AddInPlace(activation(x), 10);
        return _noise.AddInPlace(linear(x, p[8], p[9]), 11);
    }

    // relu_ saves its output for backward, which noise in place would spoil; threshold saves its input.
    private Tensor TrainingActivation(Tensor values) =>
        _variant.Quantize ? TorchQuantizer.Relu(values) : _variant.Noise ? threshold(values, 0, 0) : relu(values, inplace: true);

    private Tensor EvaluationActivation(Tensor values) =>
        _variant.Quantize ? TorchQuantizer.ReluInPlace(values) : relu(values, inplace: true);

    // Biases are not quantized.
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
