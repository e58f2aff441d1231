using NoiseGen.Generator.Model;
using NoiseGen.Generator.Operations;

namespace NoiseGen.Generator.Graph;

/// <summary>The operations of one stage, checked as far as possible without knowing its input.</summary>
/// <param name="Scope">The class to which it belongs.</param>
/// <param name="Index">Its index in that class.</param>
/// <param name="Name">Its path.</param>
internal sealed record StageOperations(StageScope Scope, int Index, string Name)
{
    public LinearNode? Linear { get; private init; }

    public BatchNormNode? Norm { get; private init; }

    public AttributeDeclaration.Merge? Merge { get; private init; }

    /// <summary>Whether the second input is the block's input, through a projection if necessary.</summary>
    public bool IsResidual { get; private init; }

    public ActivationNode? Activation { get; private init; }

    public PoolNode? Pool { get; private init; }

    /// <summary>Whether the pool's window is the whole map, whose size is not known here.</summary>
    public bool IsGlobal { get; private init; }

    /// <summary>Fraction of the outputs that training drops; 0 without dropout.</summary>
    public float DropoutRate { get; private init; }

    /// <summary>The input; null for the output of the preceding stage.</summary>
    public AttributeDeclaration.From? From { get; private init; }

    /// <summary>Index of the attribute of the linear operation; −1 without one. The next three are analogous.</summary>
    public int LinearAttribute { get; private init; } = -1;

    public int MergeAttribute { get; private init; } = -1;

    public int PoolAttribute { get; private init; } = -1;

    public int FromAttribute { get; private init; } = -1;

    public bool IsMerged => Merge is not null || IsResidual;

    /// <summary>The places of this stage where noise can enter.</summary>
    public Sites Sites =>
        (Linear is null ? Sites.None : Sites.Linear) | (Norm is null ? Sites.None : Sites.Norm) | (IsMerged ? Sites.Sum : Sites.None)
        | (Activation is null ? Sites.None : Sites.Activation) | (Pool is null && !IsGlobal ? Sites.None : Sites.Pool);

    public static StageOperations Of(StageDeclaration stage, StageScope scope, int index, ProblemList problems)
    {
        StageOperations operations = new(scope, index, scope.Prefix + stage.Name);
        for (int i = 0; i < stage.Attributes.Count; i++) operations = operations.With(stage.Attributes[i], i, problems);

        if (operations is { Sites: Sites.None, DropoutRate: 0f })
            problems.Add(DiagnosticIds.EmptyStage, scope.At(index, -1, null), operations.Name);
        return operations;
    }

    /// <summary>A 1×1 convolution with batch norm that gives a block's input the shape of a sum.</summary>
    public static StageOperations Projection(StageOperations stage, string name, int channels, int strideHeight, int strideWidth) =>
        new(stage.Scope, stage.Index, name)
        {
            Linear = new LinearNode.Conv2d(channels, new WindowNode(1, 1, strideHeight, strideWidth, 0, 0), 1, HasBiases: false),
            Norm = new BatchNormNode(new BatchNormAttribute().Epsilon, new BatchNormAttribute().Momentum),
            LinearAttribute = stage.MergeAttribute,
        };

    /// <summary>The same operations with the convolution's window limited to the map.</summary>
    public StageOperations On(ImageShape map) =>
        Linear is LinearNode.Conv2d conv ? this with { Linear = conv with { Window = conv.Window.On(map) } } : this;

    private StageOperations With(AttributeDeclaration attribute, int index, ProblemList problems)
    {
        AttributeChecks checks = new(this, index, problems);
        switch (attribute)
        {
            case AttributeDeclaration.Conv2d conv:
                checks.OnlyOne(Linear is not null, DiagnosticIds.TwoLinearOperations);
                return this with { Linear = Convolution(conv, checks), LinearAttribute = index };

            case AttributeDeclaration.Dense dense:
                checks.OnlyOne(Linear is not null, DiagnosticIds.TwoLinearOperations);
                int features = checks.Positive(dense.Features, nameof(DenseAttribute.Features));
                return this with { Linear = new LinearNode.Dense(features, dense.Bias), LinearAttribute = index };

            case AttributeDeclaration.BatchNorm norm:
                checks.Range(
                    norm.Epsilon > 0f
                        && !float.IsInfinity(norm.Epsilon), nameof(BatchNormAttribute.Epsilon), norm.Epsilon, "a finite number above 0");
                checks.Range(norm.Momentum is > 0f and <= 1f, nameof(BatchNormAttribute.Momentum), norm.Momentum, "above 0 and at most 1");
                return this with { Norm = new BatchNormNode(norm.Epsilon, norm.Momentum) };

            case AttributeDeclaration.Activate activation:
                checks.OnlyOne(Activation is not null, DiagnosticIds.TwoActivations);
                bool isFinite = !float.IsNaN(activation.Slope) && !float.IsInfinity(activation.Slope);
                if (Activations.Of(activation.Kind).Slope is { } slope)
                    checks.Range(isFinite, slope.Property, activation.Slope, "finite");
                return this with { Activation = new ActivationNode(activation.Kind, activation.Slope) };

            case AttributeDeclaration.Pool pool:
                checks.OnlyOne(Pool is not null || IsGlobal, DiagnosticIds.TwoPools);
                return this with { Pool = new PoolNode(pool.Max, checks.Window(pool.Window), pool.CountPadding), PoolAttribute = index };

            case AttributeDeclaration.GlobalAvgPool:
                checks.OnlyOne(Pool is not null || IsGlobal, DiagnosticIds.TwoPools);
                return this with { IsGlobal = true, PoolAttribute = index };

            case AttributeDeclaration.Dropout dropout:
                checks.Range(dropout.Rate is > 0f and < 1f, nameof(DropoutAttribute.Rate), dropout.Rate, "above 0 and below 1");
                return this with { DropoutRate = dropout.Rate };

            case AttributeDeclaration.From from:
                return this with { From = from, FromAttribute = index };

            case AttributeDeclaration.Merge merge:
                checks.OnlyOne(IsMerged, DiagnosticIds.TwoMerges);
                return this with { Merge = merge, MergeAttribute = index };

            case AttributeDeclaration.Residual:
                checks.OnlyOne(IsMerged, DiagnosticIds.TwoMerges);
                checks.InBlock();
                return this with { IsResidual = true, MergeAttribute = index };

            default:
                return this;
        }
    }

    private static LinearNode.Conv2d Convolution(AttributeDeclaration.Conv2d conv, AttributeChecks checks)
    {
        int channels = checks.Positive(conv.Channels, nameof(Conv2dAttribute.Channels));
        int groups = checks.Positive(conv.Groups, nameof(Conv2dAttribute.Groups));
        return new LinearNode.Conv2d(channels, checks.Kernel(conv.Window), groups, conv.Bias);
    }
}
