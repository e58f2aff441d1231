namespace NoiseGen.Tests.Reference;

/// <summary>
/// The oracle: interprets a network's description in double, one image and one element at a time, from the definitions. Values are stored
/// as channel × row × column, parameters as the description's tensors.
/// </summary>
internal sealed class ReferenceNetwork
{
    // Shares of a batch that may run at once. A fixed number, so that the order of summation does not depend on the machine.
    private const int Parts = 8;

    private readonly NetworkDescription _description;
    private readonly Operation[] _operations;

    public ReferenceNetwork(NetworkDescription description)
    {
        _description = description;
        _operations = [.. OperationList.Of(description)];
        Noise = [.. _operations.OfType<NoiseOperation>().OrderBy(site => site.Index)];
        Quantizers = [.. _operations.OfType<ActivationQuantizerOperation>()];
        Layers = [.. _operations.OfType<LinearOperation>()];
    }

    /// <summary>The operations, in execution order. A test may put a stand-in in an operation's place.</summary>
    public Span<Operation> Operations => _operations;

    /// <summary>The noise sites, in the description's order.</summary>
    public IReadOnlyList<NoiseOperation> Noise { get; }

    /// <summary>The activation quantizers, in execution order.</summary>
    public IReadOnlyList<ActivationQuantizerOperation> Quantizers { get; }

    /// <summary>The convolutions and dense layers: the parameters' owners, in order.</summary>
    public IReadOnlyList<LinearOperation> Layers { get; }

    /// <summary>Sets all parameters, one array for each of the description's.</summary>
    public void Load(double[][] parameters)
    {
        foreach (LinearOperation layer in Layers) layer.Load(parameters[layer.First], parameters[layer.First + 1]);
    }

    /// <summary>All parameters, as <see cref="Load"/> takes them.</summary>
    public double[][] Parameters() => [.. Layers.SelectMany(layer => new[] { layer.Weights, layer.Biases })];

    /// <summary>The logits of one image.</summary>
    public double[] Logits(double[] image, ImageNoise noise) => Values(image, noise)[^1];

    /// <summary>
    /// The smallest distance of anything on this image's way from a point where it is not smooth: a rounding or clipping boundary, a
    /// ReLU's zero, a pool's tie, or a tie for the largest logit. See <see cref="Operation.Distance"/>.
    /// </summary>
    public double Distance(double[] image, ImageNoise noise)
    {
        double[][] values = Values(image, noise);
        double[] logits = [.. values[^1].OrderDescending()];
        double distance = logits.Length > 1 ? logits[0] - logits[1] : double.PositiveInfinity;
        for (int i = 0; i < _operations.Length; i++) distance = Math.Min(distance, _operations[i].Distance(values[i]));
        return distance;
    }

    /// <summary>Loss and gradients of one training batch; an image's place in the batch is its number.</summary>
    public ReferenceStep ComputeGradients(double[][] images, int[] labels, NoiseKey key)
    {
        var parts = new ReferenceStep[Parts];
        Parallel.For(0, Parts, part =>
        {
            parts[part] = new(_description.Parameters);
            for (int i = part; i < images.Length; i += Parts) AddImage(parts[part], images[i], labels[i], new(key, i), images.Length);
        });

        ReferenceStep step = parts[0];
        foreach (ReferenceStep part in parts[1..]) step.Add(part);
        foreach (LinearOperation layer in Layers) layer.FinishGradients(step.Gradients);
        return step;
    }

    private void AddImage(ReferenceStep step, double[] image, int label, ImageNoise noise, int batch)
    {
        double[][] values = Values(image, noise);
        double[] logits = values[^1];
        step.Loss += ReferenceLoss.Loss(logits, label) / batch;
        if (logits[label] == logits.Max()) step.Correct++;

        double[] gradient = Array.ConvertAll(ReferenceLoss.Gradient(logits, label), g => g / batch);
        for (int i = _operations.Length - 1; i >= 0; i--) gradient = _operations[i].Backward(values[i], gradient, step.Gradients);
    }

    // The input of every operation, and the logits.
    private double[][] Values(double[] image, ImageNoise noise)
    {
        var values = new double[_operations.Length + 1][];
        values[0] = image;
        for (int i = 0; i < _operations.Length; i++) values[i + 1] = _operations[i].Forward(values[i], noise);
        return values;
    }
}
