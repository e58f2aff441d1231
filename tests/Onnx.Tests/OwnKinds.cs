using System.Runtime.Intrinsics;

namespace NoiseGen.Tests.Declared;

/// <summary>Custom kinds of noise, one of them with the name of a library's kind.</summary>
public static class Own
{
    public readonly struct Shift : INoise
    {
        public static Vector512<float> Apply(Vector512<float> values, Vector512<float> sigma, Vector512<float> samples) => values + sigma;
    }

    public readonly struct Additive : INoise
    {
        public static Vector512<float> Apply(Vector512<float> values, Vector512<float> sigma, Vector512<float> samples) => values - sigma;
    }
}

[Network(3)]
[Noise<Own.Shift>(Sites.Linear)]
internal sealed partial class Shifted
{
    [Dense(4), Relu] public partial Stage Hidden { get; }
    [Dense(2), NoNoise] public partial Stage Logits { get; }
}

[Network(3)]
[Noise<Own.Additive>(Sites.Activation)]
internal sealed partial class Namesake
{
    [Dense(4), Relu] public partial Stage Hidden { get; }
    [Dense(2)] public partial Stage Logits { get; }
}
