namespace NoiseGen.Generator.Tests;

/// <summary>Networks that several tests declare.</summary>
internal static class Networks
{
    public const string LeNet5 = """
        namespace Papers;

        [Network(3, 32, 32)]
        [Noise<Additive>(Sites.All)]
        [Quantize(Bits = 8, Scale = 1f)]
        public sealed partial class LeNet5
        {
            [Conv2d(6, 5), Relu, AvgPool(2)]   public partial Stage Conv1 { get; }
            [Conv2d(16, 5), Relu, AvgPool(2)]  public partial Stage Conv2 { get; }
            [Dense(120), Relu]                 public partial Stage Hidden1 { get; }
            [Dense(84), Relu]                  public partial Stage Hidden2 { get; }
            [Dense(10)]                        public partial Stage Logits { get; }
        }
        """;

    public const string Mlp = """
        [Network(784)]
        public sealed partial class Mlp
        {
            [Dense(256), Relu] public partial Stage Hidden { get; }
            [Dense(10)]        public partial Stage Logits { get; }
        }
        """;
}
