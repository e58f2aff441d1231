namespace NoiseGen;

/// <summary>How many scales a quantized weight tensor has.</summary>
public enum WeightScaling
{
    /// <summary>
    /// One per output channel of a convolution, one for the whole tensor of a dense layer (the networks of arXiv 2501.14531).
    /// </summary>
    ByLayer = 0,

    /// <summary>One for the whole tensor.</summary>
    PerTensor = 1,

    /// <summary>One per output channel or feature.</summary>
    PerChannel = 2,
}

/// <summary>Where the step of an activation quantizer comes from.</summary>
public enum ActivationScaling
{
    /// <summary>A constant: <see cref="QuantizeAttribute.Scale"/>, or what is set at run time.</summary>
    Constant = 0,

    /// <summary>
    /// A parameter: the largest value, trained with the weights. In the first 300 training steps it is the 99.999th percentile of the
    /// magnitudes before the quantizer in a batch, as a running value, from which training then starts (Brevitas' Uint8ActPerTensorFloat;
    /// <c>scale = None</c> of arXiv 2501.14531). In those steps every such quantizer costs two more forward passes and one more backward
    /// pass of the batch, because its percentile depends on the quantizers before it, and its gradient on those after it.
    /// </summary>
    Learned = 1,
}

/// <summary>
/// Fake-quantizes the weights (signed, narrow range, scale from the largest magnitude) and the activations (constant or learned scale;
/// unsigned, but signed after a leaky ReLU or a hyperbolic tangent) of the whole network or of one stage; the nearest policy wins. Biases,
/// the input and the outputs of stages without an activation stay in floating point. The bits are the defaults of run-time settings,
/// <c>network.Stage.WeightQuantizer.Bits</c> and <c>network.Stage.Quantizer.Bits</c>, where 0 turns rounding off.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property)]
public sealed class QuantizeAttribute : Attribute
{
    /// <summary>Bits of weights and activations, 1 … 16 (a signed weight needs 2).</summary>
    public int Bits { get; set; } = 8;

    /// <summary>Bits of the weights, 2 … 16; <see cref="Bits"/> when not given.</summary>
    public int WeightBits { get; set; }

    /// <summary>Bits of the activations, 1 … 16; <see cref="Bits"/> when not given.</summary>
    public int ActivationBits { get; set; }

    /// <summary>
    /// The activations' scale c in the sense of the authors of arXiv 2501.14531, above 0: the largest value is m·c with m = 15 for 4 bits
    /// and 2^b for any other number of bits b, so that one step is about c. It is the default of a run-time setting,
    /// <c>network.Stage.Quantizer.Scale</c>.
    /// </summary>
    public float Scale { get; set; } = 1f;

    /// <summary>How many scales a weight tensor has.</summary>
    public WeightScaling Weights { get; set; }

    /// <summary>Where the activations' step comes from. A learned step has no <see cref="Scale"/>.</summary>
    public ActivationScaling Activations { get; set; }
}

/// <summary>Removes the network's quantization from a stage.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NoQuantizeAttribute : Attribute;
