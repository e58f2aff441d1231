using NoiseGen.Generator.Diagnostics;
using NoiseGen.Generator.Parsing;

namespace NoiseGen.Generator.Graph;

/// <summary>The operations of one stage, checked as far as that is possible without knowing its input.</summary>
/// <param name="Index">Index of the stage.</param>
/// <param name="LinearAttribute">Which attribute made the linear operation; −1 without one.</param>
/// <param name="PoolAttribute">Which attribute made the pool; −1 without one.</param>
internal sealed record StageOperations(
    int Index, string Name, LinearNode? Linear, bool Relu, PoolNode? Pool, int LinearAttribute, int PoolAttribute)
{
    /// <summary>The places of this stage where noise can enter.</summary>
    public Sites Sites =>
        (Linear is null ? Sites.None : Sites.Linear) | (Relu ? Sites.Activation : Sites.None) | (Pool is null ? Sites.None : Sites.Pool);

    public static StageOperations Of(StageDeclaration stage, int index, ProblemList problems)
    {
        StageOperations operations = new(index, stage.Name, null, false, null, -1, -1);
        for (int i = 0; i < stage.Attributes.Count; i++) operations = operations.With(stage.Attributes[i], i, problems);

        if (operations.Sites == Sites.None) problems.Add(DiagnosticIds.EmptyStage, Place.Name(index), stage.Name);
        return operations;
    }

    private static WindowNode Square(int size, int stride, int padding) => new(size, size, stride, stride, padding, padding);

    private StageOperations With(AttributeDeclaration attribute, int index, ProblemList problems)
    {
        AttributeChecks checks = new(this, index, problems);
        switch (attribute)
        {
            case AttributeDeclaration.Conv2d conv:
                checks.OnlyOne(Linear is not null, DiagnosticIds.TwoLinearOperations);
                checks.Positive(conv.Channels, nameof(Conv2dAttribute.Channels));
                checks.Positive(conv.Stride, nameof(Conv2dAttribute.Stride));
                if (checks.Positive(conv.Kernel, nameof(Conv2dAttribute.Kernel)))
                    checks.Padding(conv.Padding, conv.Kernel - 1, $"one less than its kernel of {AttributeChecks.Text(conv.Kernel)}");
                return this with { Linear = new LinearNode.Conv2d(conv.Channels, Square(conv.Kernel, conv.Stride, conv.Padding), 1, true), LinearAttribute = index };

            case AttributeDeclaration.Dense dense:
                checks.OnlyOne(Linear is not null, DiagnosticIds.TwoLinearOperations);
                checks.Positive(dense.Features, nameof(DenseAttribute.Features));
                return this with { Linear = new LinearNode.Dense(dense.Features, true), LinearAttribute = index };

            case AttributeDeclaration.Relu:
                return this with { Relu = true };

            case AttributeDeclaration.Pool pool:
                checks.OnlyOne(Pool is not null, DiagnosticIds.TwoPools);
                if (checks.Positive(pool.Size, nameof(MaxPoolAttribute.Size)))
                    checks.Padding(pool.Padding, pool.Size / 2, $"half its window of {AttributeChecks.Text(pool.Size)}");
                if (pool.Stride is { } stride) checks.Positive(stride, nameof(MaxPoolAttribute.Stride));
                return this with { Pool = new PoolNode(pool.Max, Square(pool.Size, pool.Stride ?? pool.Size, pool.Padding), pool.CountPadding), PoolAttribute = index };

            default:
                return this;
        }
    }
}
