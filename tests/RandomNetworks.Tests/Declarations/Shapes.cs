namespace NoiseGen.Tests.RandomNetworks.Declarations;

/// <summary>
/// The shapes of a declaration, by the rules of the language, written a second time: whatever has shapes here, the generator has to accept.
/// </summary>
internal static class Shapes
{
    /// <summary>Whether every operation fits what it receives and the last stage gives logits of at least two classes.</summary>
    public static bool IsValid(NetworkModel network) =>
        Names.AreKnown(network) && Output(network) is { Height: 1, Width: 1, Channels: >= 2 } && HasOperations(network);

    /// <summary>The shape of the logits; null where something does not fit.</summary>
    public static Shape? Output(NetworkModel network)
    {
        var named = new Dictionary<string, Shape> { [StageModel.Input] = network.Input };
        Shape current = network.Input;
        foreach (MemberModel member in network.Members)
        {
            Shape? output = member switch
            {
                StageModel stage => Stage(stage, current, named, null),
                RepeatModel repeat => Repeat(repeat, network.Block(repeat.Block), current),
                _ => null,
            };
            if (output is not { } shape) return null;
            named[member.Name] = current = shape;
        }

        return current;
    }

    /// <summary>The shape behind a stage; null where it does not fit.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="before">The output of the stage before it.</param>
    /// <param name="named">The outputs that it may name.</param>
    /// <param name="use">How its block is used; null outside of blocks.</param>
    public static Shape? Stage(StageModel stage, Shape before, IReadOnlyDictionary<string, Shape> named, BlockUse? use)
    {
        Shape input = stage.From is { } from ? named[from] : before;
        if (Linear(stage.Linear, input, use) is not { } linear) return null;
        if (Merge(stage.Merge, linear, named, use) is not { } merged) return null;
        return Pool(stage.Pool, merged);
    }

    /// <summary>The shape behind a repeated block.</summary>
    public static Shape? Repeat(RepeatModel repeat, BlockModel block, Shape input)
    {
        Shape? current = input;
        for (int i = 0; i < repeat.Count && current is { } shape; i++)
            current = Block(block, new(shape, repeat.Channels, i == 0 ? repeat.Stride : 1));
        return current;
    }

    private static Shape? Block(BlockModel block, BlockUse use)
    {
        var named = new Dictionary<string, Shape>();
        Shape current = use.Input;
        foreach (StageModel stage in block.Stages)
        {
            if (Stage(stage, current, named, use) is not { } shape) return null;
            named[stage.Name] = current = shape;
        }

        return current;
    }

    private static Shape? Linear(LinearModel? linear, Shape input, BlockUse? use)
    {
        if (linear is null) return input;
        if (linear is LinearModel.Dense dense) return new(dense.Features, 1, 1);

        LinearModel.Conv2d conv = Resolve((LinearModel.Conv2d)linear, use);
        bool fits = input.Channels % conv.Groups == 0 && conv.Channels % conv.Groups == 0
            && conv.Window.PaddingHeight < conv.Window.Height && conv.Window.PaddingWidth < conv.Window.Width;
        return fits ? Slide(conv.Window, input with { Channels = conv.Channels }) : null;
    }

    private static LinearModel.Conv2d Resolve(LinearModel.Conv2d conv, BlockUse? use)
    {
        int Number(int value, int? fromBlock) => value switch
        {
            LinearModel.FromBlock => fromBlock!.Value,
            LinearModel.Widened => use!.Channels * 2 + use.Stride,
            LinearModel.Narrowed => (use!.Channels + 1) / 2,
            _ => value,
        };
        Window window = conv.Window with
        {
            StrideHeight = Number(conv.Window.StrideHeight, use?.Stride),
            StrideWidth = Number(conv.Window.StrideWidth, use?.Stride),
        };
        return conv with { Channels = Number(conv.Channels, use?.Channels), Window = window, Groups = Number(conv.Groups, use?.Channels) };
    }

    private static Shape? Merge(MergeModel? merge, Shape shape, IReadOnlyDictionary<string, Shape> named, BlockUse? use)
    {
        if (merge is null) return shape;
        Shape other = merge.Other is { } name ? named[name] : use!.Input;
        bool sameMap = (other.Height, other.Width) == (shape.Height, shape.Width);
        if (merge.Type == MergeType.Concat) return sameMap ? shape with { Channels = shape.Channels + other.Channels } : null;
        if (merge.Other is not null) return other == shape ? shape : null;

        // A 1×1 convolution fits the block's input to the sum.
        int stride = sameMap ? 1 : use!.Stride;
        return ((other.Height - 1) / stride + 1, (other.Width - 1) / stride + 1) == (shape.Height, shape.Width) ? shape : null;
    }

    private static Shape? Pool(PoolModel? pool, Shape shape)
    {
        if (pool is null) return shape;
        if (pool is PoolModel.Global) return shape with { Height = 1, Width = 1 };
        Window window = pool switch { PoolModel.Max max => max.Window, PoolModel.Average average => average.Window, _ => default };
        return window.PaddingHeight <= window.Height / 2 && window.PaddingWidth <= window.Width / 2 ? Slide(window, shape) : null;
    }

    private static Shape? Slide(Window window, Shape shape)
    {
        int height = shape.Height + 2 * window.PaddingHeight - window.Height;
        int width = shape.Width + 2 * window.PaddingWidth - window.Width;
        return height < 0 || width < 0 ? null : new(shape.Channels, height / window.StrideHeight + 1, width / window.StrideWidth + 1);
    }

    // Dropout alone is an operation, too, but a stage of it is not drawn.
    private static bool HasOperations(NetworkModel network) =>
        network.WrittenStages.All(stage => stage.Sites != Sites.None) && network.Blocks.All(block => block.Stages.Length > 0);
}

/// <summary>What a block's stages see of its use.</summary>
/// <param name="Input">The block's input.</param>
/// <param name="Channels">Block.Channels.</param>
/// <param name="Stride">Block.Stride.</param>
internal sealed record BlockUse(Shape Input, int Channels, int Stride);
