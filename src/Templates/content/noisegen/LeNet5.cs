using NoiseGen;

namespace Hardening;

/// <summary>LeNet-5 for gray images of 28×28.</summary>
[Network(1, 28, 28)]                 // channels, height, width
[Noise<Additive>(Sites.All)]         // kind and place of the noise are fixed here, its strength is set at run time
public sealed partial class LeNet5
{
    [Conv2d(6, 5, Padding = 2), Relu, AvgPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, AvgPool(2)]             public partial Stage Conv2 { get; }
    [Dense(120), Relu]                            public partial Stage Hidden1 { get; }
    [Dense(84), Relu]                             public partial Stage Hidden2 { get; }
    [Dense(10)]                                   public partial Stage Logits { get; }
}
