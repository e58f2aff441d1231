namespace NoiseGen.Benchmarks.Contest;

/// <summary>What a network does beside the plain computation.</summary>
/// <param name="Name">Name in tables and files.</param>
/// <param name="Noise">Whether Gaussian noise enters at every site.</param>
/// <param name="Quantize">Whether weights and activations are fake-quantized to eight bits.</param>
internal sealed record Variant(string Name, bool Noise, bool Quantize)
{
    public static Variant Clean { get; } = new("clean", Noise: false, Quantize: false);

    public static Variant Noisy { get; } = new("noise", Noise: true, Quantize: false);

    public static Variant Qat8 { get; } = new("qat8", Noise: false, Quantize: true);

    public static Variant Qat8Noisy { get; } = new("qat8+noise", Noise: true, Quantize: true);

    /// <summary>All four.</summary>
    public static IReadOnlyList<Variant> All { get; } = [Clean, Noisy, Qat8, Qat8Noisy];

    /// <summary>The one of a name.</summary>
    public static Variant Named(string name) => All.Single(variant => variant.Name == name);
}
