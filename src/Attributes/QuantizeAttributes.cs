namespace NoiseGen;

/// <summary>How many scales a quantized weight tensor has.</summary>
public enum WeightScaling
{
    /// <summary>
    /// One for each output channel of a convolution, one for the whole tensor of a dense layer (the networks of arXiv 2501.14531).
    /// </summary>
    ByLayer = 0,

    /// <summary>One for the whole tensor.</summary>
    PerTensor = 1,

    /// <summary>One for each output channel or feature.</summary>
    PerChannel = 2,
}

/// <summary>Where the step of an activation quantizer comes from.</summary>
public enum ActivationScaling
{
    /// <summary>A constant: <see cref="QuantizeAttribute.Scale"/>, or what is set at run time.</summary>
    Constant = 0,

    /// <summary>
    /// A parameter: the largest value, trained with the rest.
    /// The first 300 training steps take it from the batch, as the 99.999 percentile of the magnitudes before the quantizer,
    /// and keep a running value, with which training then begins (Brevitas' Uint8ActPerTensorFloat;
    /// <c>scale = None</c> of arXiv 2501.14531).
    /// In those first steps the batch passes through the network twice more forwards and once more backwards for every quantizer,
    /// since one percentile depends on the quantizers before it, and its gradient on those behind.
    /// </summary>
    Learned = 1,
}

/// <summary>
/// Fake-quantizes the weights (signed, narrow range, scale from the largest magnitude) and the activations (constant or learned scale;
/// unsigned, but signed behind a leaky ReLU or a hyperbolic tangent) of the whole network or of one stage; the nearest policy wins.
/// Biases, the input and the outputs of stages without an activation stay in floating point.
/// Bits are the first values of run-time settings, <c>network.Stage.WeightQuantizer.Bits</c> and <c>network.Stage.Quantizer.Bits</c>,
/// where 0 switches rounding off.
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
    /// The activations' scale c in the sense of the authors of arXiv 2501.14531, above 0:
    /// the largest value is m·c with m = 15 for 4 bits and 2^b for any other number of bits b, so that one step is about c.
    /// The first value of a run-time setting, <c>network.Stage.Quantizer.Scale</c>.
    /// </summary>
    public float Scale { get; set; } = 1f;

    /// <summary>How many scales a weight tensor has.</summary>
    public WeightScaling Weights { get; set; }

    /// <summary>Where the activations' step comes from. A learned one needs no <see cref="Scale"/>.</summary>
    public ActivationScaling Activations { get; set; }
}

/// <summary>Takes the network's quantization away from a stage.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NoQuantizeAttribute : Attribute;
