using NoiseGen.CompilerServices;

namespace NoiseGen.Tests.Reference;

/// <summary>
/// The oracle: interprets a network's description in double, one element at a time, from the definitions.
/// Values are stored as channel × row × column, parameters as the description's tensors.
/// </summary>
internal sealed class ReferenceNetwork
{
    private readonly NetworkDescription _description;
    private readonly ReferenceNode[] _nodes;

    public ReferenceNetwork(NetworkDescription description)
    {
        _description = description;
        _nodes = [.. NodeList.Of(description)];
        Noise = [.. Operations.OfType<NoiseOperation>().OrderBy(site => site.Index)];
        Quantizers = [.. Operations.OfType<ActivationQuantizerOperation>()];
        Layers = [.. Operations.OfType<LinearOperation>()];
        Norms = [.. _nodes.OfType<ReferenceNode.Norm>().Select(node => node.Operation)];
        Scales = [.. _nodes.OfType<ReferenceNode.Scale>().Select(node => node.Operation)];
    }

    /// <summary>The operations on single images, in execution order.</summary>
    public IEnumerable<Operation> Operations => _nodes.OfType<ReferenceNode.Single>().Select(node => node.Operation);

    /// <summary>The noise sites, in the description's order.</summary>
    public IReadOnlyList<NoiseOperation> Noise { get; }

    /// <summary>The activation quantizers of learned scales, in execution order.</summary>
    public IReadOnlyList<LearnedScaleOperation> Scales { get; }

    /// <summary>The activation quantizers of constant scales, in execution order.</summary>
    public IReadOnlyList<ActivationQuantizerOperation> Quantizers { get; }

    /// <summary>The convolutions and dense layers, in execution order.</summary>
    public IReadOnlyList<LinearOperation> Layers { get; }

    /// <summary>The batch norms, in execution order.</summary>
    public IReadOnlyList<BatchNormOperation> Norms { get; }

    /// <summary>Label smoothing of training's loss.</summary>
    public double LabelSmoothing { get; set; }

    /// <summary>
    /// Applied to every value and gradient on its way from one operation to the next, to the norms' statistics, and to the values from
    /// which derivatives are computed: the identity, unless float's rounding is examined.
    /// </summary>
    public Func<double, double>? Rounding
    {
        get;
        set
        {
            field = value;
            foreach (BatchNormOperation norm in Norms) norm.Rounding = value ?? (exact => exact);
            foreach (SmoothOperation operation in Operations.OfType<SmoothOperation>()) operation.Rounding = value ?? (exact => exact);
        }
    }

    /// <summary>Replaces operations by stand-ins.</summary>
    public void Replace(Func<Operation, Operation> standIn)
    {
        foreach (ReferenceNode.Single node in _nodes.OfType<ReferenceNode.Single>()) node.Operation = standIn(node.Operation);
    }

    /// <summary>Sets all parameters, one array for each of the description's.</summary>
    public void Load(double[][] parameters)
    {
        foreach (LinearOperation layer in Layers) layer.Load(parameters);
        foreach (BatchNormOperation norm in Norms) norm.Load(parameters);
        foreach (LearnedScaleOperation scale in Scales) scale.Load(parameters);
    }

    /// <summary>The logits of one image in evaluation.</summary>
    public double[] Logits(double[] image, ImageNoise noise) => Values([image], noise.Key, noise.Image)[^1][0];

    /// <summary>The logits of a batch in training.</summary>
    public double[][] TrainingLogits(double[][] images, NoiseKey key) => Values(images, key, 0)[^1];

    /// <summary>
    /// For each image, the smallest distance of any value on its way from a point where it is not smooth: a rounding or clipping boundary,
    /// a ReLU's zero, a pool's tie, or a tie for the largest logit. See <see cref="Operation.Distance"/>.
    /// </summary>
    /// <param name="first">Number of the first image.</param>
    public double[] Distances(double[][] images, NoiseKey key, int first)
    {
        double[][][] values = Values(images, key, first);
        double[][] ofScales = [.. _nodes.OfType<ReferenceNode.Scale>()
            .Select(node => node.Operation.Distances(ValueOf(values, images, node.Input), !key.Evaluation))];
        var distances = new double[images.Length];
        Parallel.For(0, images.Length, i =>
        {
            double[] logits = [.. values[^1][i].OrderDescending()];
            double distance = logits.Length > 1 ? logits[0] - logits[1] : double.PositiveInfinity;
            for (int n = 0; n < _nodes.Length; n++)
            {
                if (_nodes[n] is ReferenceNode.Single { Operation: var operation, Input: var input })
                    distance = Math.Min(distance, operation.Distance(ValueOf(values, images, input)[i]));
            }

            distances[i] = ofScales.Aggregate(distance, (least, scale) => Math.Min(least, scale[i]));
        });
        return distances;
    }

    /// <summary>The largest magnitude of the values that each noise site receives in an evaluation, in the description's order.</summary>
    public double[] Ranges(double[][] images, NoiseKey key)
    {
        double[][][] values = Values(images, key, 0);
        return
        [
            .. _nodes.OfType<ReferenceNode.Single>().Where(node => node.Operation is NoiseOperation)
                .OrderBy(node => ((NoiseOperation)node.Operation).Index)
                .Select(node => ValueOf(values, images, node.Input).Max(image => image.Max(Math.Abs))),
        ];
    }

    /// <summary>
    /// The effect of a training step on a batch on the running statistics of every norm, and on the running values of scales that are being
    /// collected.
    /// </summary>
    public void UpdateRunning(double[][] images, NoiseKey key)
    {
        double[][][] values = Values(images, key, 0);
        foreach (ReferenceNode.Norm norm in _nodes.OfType<ReferenceNode.Norm>())
            norm.Operation.UpdateRunning(ValueOf(values, images, norm.Input));
        foreach (ReferenceNode.Scale scale in _nodes.OfType<ReferenceNode.Scale>())
            scale.Operation.Maximum = scale.Operation.After(ValueOf(values, images, scale.Input));
    }

    /// <summary>Loss and gradients of one training batch; an image's position in the batch is its number.</summary>
    public ReferenceStep ComputeGradients(double[][] images, int[] labels, NoiseKey key)
    {
        double[][][] values = Values(images, key, 0);
        double[][] logits = values[^1];
        double[][] gradients = [.. logits.Zip(labels, (z, label) => LabelSmoothing > 0
            ? ReferenceLoss.Gradient(z, label, LabelSmoothing) : ReferenceLoss.Gradient(z, label))];

        // Differences of probabilities from 0 and 1: they err as numbers near one do.
        if (Rounding is { } rounding) gradients = Array.ConvertAll(gradients, image => Array.ConvertAll(image, g => rounding(1 + g) - 1));
        ReferenceStep step = Backward(values, images, gradients, key);
        step.Loss = logits.Zip(labels, (z, label) => LabelSmoothing > 0
            ? ReferenceLoss.Loss(z, label, LabelSmoothing) : ReferenceLoss.Loss(z, label)).Average();
        step.Correct = logits.Zip(labels, (z, label) => z[label] == z.Max()).Count(hit => hit);
        return step;
    }

    /// <summary>Mean squared error, over images and outputs, and its gradients.</summary>
    public ReferenceStep ComputeGradients(double[][] images, double[][] targets, NoiseKey key)
    {
        double[][][] values = Values(images, key, 0);
        double[][] outputs = values[^1];
        ReferenceStep step = Backward(values, images, [.. outputs.Zip(targets, ReferenceLoss.Gradient)], key);
        step.Loss = outputs.Zip(targets, ReferenceLoss.Loss).Average();
        return step;
    }

    // From the gradient of every image's own loss to those of the batch's mean.
    private ReferenceStep Backward(double[][][] values, double[][] images, double[][] outputGradients, NoiseKey key)
    {
        var step = new ReferenceStep(_description.Parameters);
        Backward(values, images, Array.ConvertAll(outputGradients, image => Array.ConvertAll(image, g => g / images.Length)), step, key);
        foreach (LinearOperation layer in Layers) layer.FinishGradients(step.Gradients);
        return step;
    }

    private void Backward(double[][][] values, double[][] images, double[][] outputGradient, ReferenceStep step, NoiseKey key)
    {
        var gradients = new double[_nodes.Length][][];
        gradients[^1] = outputGradient;
        void Give(int node, double[][] gradient)
        {
            if (node < 0) return;
            gradient = Rounded(gradient);
            gradients[node] = gradients[node] is { } other
                ? [.. other.Zip(gradient, (a, b) => a.Zip(b, (x, y) => x + y).ToArray())]
                : gradient;
        }

        for (int n = _nodes.Length - 1; n >= 0; n--)
        {
            // A stage that nothing reads has no gradient.
            if (gradients[n] is not { } dy) continue;
            switch (_nodes[n])
            {
                case ReferenceNode.Single single:
                    Give(single.Input, Backward(single.Operation, ValueOf(values, images, single.Input), dy, step, key));
                    break;
                case ReferenceNode.Norm norm:
                    Give(norm.Input, norm.Operation.Backward(ValueOf(values, images, norm.Input), dy, step.Gradients));
                    break;
                case ReferenceNode.Scale scale:
                    Give(scale.Input, scale.Operation.Backward(ValueOf(values, images, scale.Input), dy, step.Gradients));
                    break;
                case ReferenceNode.Merge merge:
                    Give(merge.Input, Array.ConvertAll(dy, merge.OwnGradient));
                    Give(merge.Other, Array.ConvertAll(dy, merge.OtherGradient));
                    break;
            }

            gradients[n] = null!;
        }
    }

    // Images in parallel, in a fixed number of shares, so that the order of summation does not depend on the machine.
    private double[][] Backward(Operation operation, double[][] x, double[][] dy, ReferenceStep step, NoiseKey key)
    {
        const int Parts = 8;
        var dx = new double[x.Length][];
        if (operation is not LinearOperation)
        {
            Parallel.For(0, x.Length, i => dx[i] = operation.Backward(x[i], dy[i], new(key, i), step.Gradients));
            return dx;
        }

        var parts = new ReferenceStep[Parts];
        Parallel.For(0, Parts, part =>
        {
            parts[part] = new(_description.Parameters);
            for (int i = part; i < x.Length; i += Parts) dx[i] = operation.Backward(x[i], dy[i], new(key, i), parts[part].Gradients);
        });
        foreach (ReferenceStep part in parts) step.Add(part);
        return dx;
    }

    private static double[][] ValueOf(double[][][] values, double[][] images, int node) => node < 0 ? images : values[node];

    // The output of every node, for every image.
    private double[][][] Values(double[][] images, NoiseKey key, int first)
    {
        foreach (LinearOperation layer in Layers) layer.Disturb(key);
        var values = new double[_nodes.Length][][];
        for (int n = 0; n < _nodes.Length; n++)
        {
            double[][] x = ValueOf(values, images, _nodes[n].Input);
            switch (_nodes[n])
            {
                case ReferenceNode.Single single:
                    double[][] y = values[n] = new double[images.Length][];
                    Parallel.For(0, images.Length, i => y[i] = single.Operation.Forward(x[i], new(key, first + i)));
                    break;
                case ReferenceNode.Norm norm:
                    values[n] = key.Evaluation ? norm.Operation.Evaluate(x) : norm.Operation.Train(x);
                    break;
                case ReferenceNode.Scale scale:
                    values[n] = key.Evaluation ? scale.Operation.Evaluate(x) : scale.Operation.Train(x);
                    break;
                case ReferenceNode.Merge merge:
                    values[n] = [.. x.Zip(ValueOf(values, images, merge.Other), merge.Forward)];
                    break;
            }

            values[n] = Rounded(values[n]);
        }

        return values;
    }

    private double[][] Rounded(double[][] values) =>
        Rounding is { } rounding ? Array.ConvertAll(values, image => Array.ConvertAll(image, value => rounding(value))) : values;
}
