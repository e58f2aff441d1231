namespace NoiseGen.Benchmarks.Networks;

/// <summary>A hidden layer of the MLPs whose size is varied.</summary>
[Block]
public partial class HiddenBlock
{
    [Dense(Block.Channels), BatchNorm, Relu] public partial Stage Layer { get; }
}

/// <summary>Three hidden layers of 128.</summary>
[Network(1, 28, 28)]
public sealed partial class Mlp3x128
{
    [Repeat<HiddenBlock>(3, Channels = 128)] public partial Blocks<HiddenBlock> Hidden { get; }
    [Dense(10)]                              public partial Stage Logits { get; }
}

/// <summary>Three hidden layers of 256.</summary>
[Network(1, 28, 28)]
public sealed partial class Mlp3x256
{
    [Repeat<HiddenBlock>(3, Channels = 256)] public partial Blocks<HiddenBlock> Hidden { get; }
    [Dense(10)]                              public partial Stage Logits { get; }
}

/// <summary>Three hidden layers of 512.</summary>
[Network(1, 28, 28)]
public sealed partial class Mlp3x512
{
    [Repeat<HiddenBlock>(3, Channels = 512)] public partial Blocks<HiddenBlock> Hidden { get; }
    [Dense(10)]                              public partial Stage Logits { get; }
}

/// <summary>Three hidden layers of 1024.</summary>
[Network(1, 28, 28)]
public sealed partial class Mlp3x1024
{
    [Repeat<HiddenBlock>(3, Channels = 1024)] public partial Blocks<HiddenBlock> Hidden { get; }
    [Dense(10)]                               public partial Stage Logits { get; }
}

/// <summary>One hidden layer of 256.</summary>
[Network(1, 28, 28)]
public sealed partial class Mlp1x256
{
    [Repeat<HiddenBlock>(1, Channels = 256)] public partial Blocks<HiddenBlock> Hidden { get; }
    [Dense(10)]                              public partial Stage Logits { get; }
}

/// <summary>Two hidden layers of 256.</summary>
[Network(1, 28, 28)]
public sealed partial class Mlp2x256
{
    [Repeat<HiddenBlock>(2, Channels = 256)] public partial Blocks<HiddenBlock> Hidden { get; }
    [Dense(10)]                              public partial Stage Logits { get; }
}

/// <summary>Four hidden layers of 256.</summary>
[Network(1, 28, 28)]
public sealed partial class Mlp4x256
{
    [Repeat<HiddenBlock>(4, Channels = 256)] public partial Blocks<HiddenBlock> Hidden { get; }
    [Dense(10)]                              public partial Stage Logits { get; }
}

/// <summary>Five hidden layers of 256.</summary>
[Network(1, 28, 28)]
public sealed partial class Mlp5x256
{
    [Repeat<HiddenBlock>(5, Channels = 256)] public partial Blocks<HiddenBlock> Hidden { get; }
    [Dense(10)]                              public partial Stage Logits { get; }
}

/// <summary>Six hidden layers of 256.</summary>
[Network(1, 28, 28)]
public sealed partial class Mlp6x256
{
    [Repeat<HiddenBlock>(6, Channels = 256)] public partial Blocks<HiddenBlock> Hidden { get; }
    [Dense(10)]                              public partial Stage Logits { get; }
}
