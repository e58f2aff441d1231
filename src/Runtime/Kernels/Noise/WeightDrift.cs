namespace NoiseGen;

/// <summary>
/// Drift of a stage's weights: the systematic error of memories whose conductance decays after programming, such as phase-change memory. In
/// evaluation a weight is w·(t/t₀)^−νᵢ with νᵢ = |ν + σ_ν·gᵢ|, where gᵢ ~ N(0, 1) is drawn once for each weight and device (aihwkit's
/// <c>PCMLikeNoiseModel</c>; its exponents are 0.049 to 0.1, its t₀ is 20 s). t/t₀ is <see cref="NeuralNetwork.DriftTime"/>. Quantized
/// weights drift after quantization, and weight noise is added on top. Biases do not drift. No drift by default.
/// </summary>
public sealed class WeightDrift
{
    private readonly string _stage;

    internal WeightDrift(string stage) => _stage = stage;

    /// <summary>The mean exponent ν, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    public float Exponent { get; set => field = Checked(value, nameof(Exponent)); }

    /// <summary>The standard deviation σ_ν of the exponents, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    public float ExponentDeviation { get; set => field = Checked(value, nameof(ExponentDeviation)); }

    /// <summary>Number of the device. It selects the exponents that are drawn for the weights.</summary>
    public uint Device { get; set; }

    /// <summary>The standard Gaussian sample gᵢ of one weight.</summary>
    /// <param name="device">Number of the device.</param>
    /// <param name="stage">Index of the stage.</param>
    /// <param name="weight">Index of the weight in its tensor.</param>
    public static float Sample(uint device, int stage, int weight) =>
        WeightNoise.Sample(GaussianNoise.DeviceKey(device), StageWord(device, stage), weight);

    internal static uint StageWord(uint device, int stage) =>
        GaussianNoise.DeviceWord(WeightNoise.StageWord(GaussianNoise.DeviceKey(device), stage));

    private float Checked(float value, string what) => Setting.IsNotNegative(value)
        ? value
        : throw new ArgumentOutOfRangeException(
            nameof(value), value, $"{what} of the drift of stage {_stage} is a finite number, at least 0.");
}
