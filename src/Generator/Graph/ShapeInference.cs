using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Graph;

/// <summary>An output that a stage reads: where it comes from, and its shape.</summary>
/// <param name="Index">Index of the stage that computes it, −1 for the network's input.</param>
/// <param name="Name">Its name in messages.</param>
internal sealed record StageOutput(int Index, string Name, ImageShape Shape);

/// <summary>Follows the shape of an image through a stage, and reports where it does not fit.</summary>
internal sealed class ShapeInference(ProblemList problems)
{
    // The values of a block of 32 images share one memory. The planner checks the total for all stages.
    private const int MaxValues = MemoryLimit.Floats / LaneLayout.Lanes;

    // All weights share one memory.
    private const int MaxWeights = MemoryLimit.Floats;

    private long _weights;

    /// <summary>The input's shape; null if it is not valid.</summary>
    public ImageShape? Input(NetworkDeclaration declaration)
    {
        (AttributeDeclaration.Network network, int attribute) = declaration.Attributes.OfKind<AttributeDeclaration.Network>().Single();
        string name = declaration.Class.Name;
        int before = problems.Count;

        void Check(int value, string argument)
        {
            if (value < 1)
                problems.Add(
                    DiagnosticIds.InputSize, new Place(Place.Network, attribute, argument), name, value, argument.ToLowerInvariant());
        }

        Check(network.Channels, network.IsVector ? nameof(DenseAttribute.Features) : nameof(NetworkAttribute.Channels));
        Check(network.Height, nameof(NetworkAttribute.Height));
        Check(network.Width, nameof(NetworkAttribute.Width));

        if (problems.Count == before && Sizes.Product(network.Channels, network.Height, network.Width) > MaxValues)
        {
            string size = $"{network.Channels}×{network.Height}×{network.Width} values";
            problems.Add(
                DiagnosticIds.TooLarge, new Place(Place.Network, attribute, null), $"The input of network '{name}'", size, MaxValues);
        }

        return problems.Count == before ? new ImageShape(network.Channels, network.Height, network.Width) : null;
    }

    /// <summary>The shape after the linear operation, or the input's shape without one; null if it does not fit.</summary>
    public ImageShape? Linear(StageOperations stage, StageOutput input) => stage.Linear switch
    {
        LinearNode.Conv2d conv => Convolution(stage, conv, input),
        LinearNode.Dense dense when HasRoomForWeights(stage, dense.Features, input.Shape.Count) => Output(
            stage, stage.LinearAttribute, dense.Features, 1, 1),
        null => input.Shape,
        _ => null,
    };

    /// <summary>The shape after a sum or concatenation; null if the two shapes do not fit.</summary>
    public ImageShape? Merge(StageOperations stage, ImageShape own, StageOutput other)
    {
        bool isSum = stage.Merge is not { IsSum: false };
        bool fits = isSum ? own == other.Shape : (own.Height, own.Width) == (other.Shape.Height, other.Shape.Width);
        if (fits)
            return isSum ? own : Output(stage, stage.MergeAttribute, (long)own.Channels + other.Shape.Channels, own.Height, own.Width);
        problems.Add(
            DiagnosticIds.MergeShapes, stage.Scope.At(stage.Index, stage.MergeAttribute, null), stage.Name, Text(own),
            isSum ? "add" : "concatenate", Text(other.Shape), other.Name, isSum ? "equal shapes" : "equal heights and widths");
        return null;
    }

    /// <summary>The strides of a projection from a block's input to a shape; null if no strides lead to it.</summary>
    public (int Height, int Width)? ProjectionStrides(StageOperations stage, ImageShape own, StageOutput input)
    {
        int height = Stride(input.Shape.Height, own.Height), width = Stride(input.Shape.Width, own.Width);
        if (height > 0 && width > 0) return (height, width);
        problems.Add(
            DiagnosticIds.MergeShapes, stage.Scope.At(stage.Index, stage.MergeAttribute, null), stage.Name, Text(own), "add",
            Text(input.Shape), input.Name,
            "heights and widths that a stride can lead to");
        return null;
    }

    // For 1×1 windows: the smallest stride with exactly this many outputs; 0 if there is none.
    private static int Stride(int size, int target)
    {
        int stride = target > size ? 0 : (size + target - 1) / target;
        return stride > 0 && (size - 1) / stride + 1 == target ? stride : 0;
    }

    /// <summary>The pool with its window; a global pool's window is the whole map.</summary>
    public static PoolNode? PoolOf(StageOperations stage, ImageShape map) => stage.IsGlobal
        ? new PoolNode(Max: false, new WindowNode(map.Height, map.Width, map.Height, map.Width, 0, 0), CountPadding: true)
        : stage.Pool is { } pool ? pool with { Window = pool.Window.On(map) } : null;

    /// <summary>The shape after the pool; null if it does not fit.</summary>
    public ImageShape? Pool(StageOperations stage, PoolNode? pool, StageOutput map)
    {
        if (pool is null) return map.Shape;
        string argument = pool.Window.Height == pool.Window.Width ? nameof(MaxPoolAttribute.Size) : nameof(MaxPoolAttribute.WindowHeight);
        return Fits(stage, pool.Window, map, DiagnosticIds.WindowTooLarge, stage.Scope.At(stage.Index, stage.PoolAttribute, argument))
            ? Windowed(stage, stage.PoolAttribute, pool.Window, map.Shape.Channels, map.Shape)
            : null;
    }

    private ImageShape? Convolution(StageOperations stage, LinearNode.Conv2d conv, StageOutput input)
    {
        if (input.Shape.Channels % conv.Groups != 0 || conv.Channels % conv.Groups != 0)
        {
            Place place = stage.Scope.At(stage.Index, stage.LinearAttribute, nameof(Conv2dAttribute.Groups));
            problems.Add(DiagnosticIds.Groups, place, stage.Name, conv.Groups, input.Shape.Channels, input.Name, conv.Channels);
            return null;
        }

        string argument = conv.Window.Height == conv.Window.Width ? nameof(Conv2dAttribute.Kernel) : nameof(Conv2dAttribute.KernelHeight);
        return Fits(stage, conv.Window, input, DiagnosticIds.KernelTooLarge, stage.Scope.At(stage.Index, stage.LinearAttribute, argument))
            && HasRoomForWeights(stage, conv.Channels, input.Shape.Channels / conv.Groups, conv.Window.Height, conv.Window.Width)
                ? Windowed(stage, stage.LinearAttribute, conv.Window, conv.Channels, input.Shape)
                : null;
    }

    private ImageShape? Windowed(StageOperations stage, int attribute, WindowNode window, int channels, ImageShape map) => Output(
        stage, attribute, channels,
        (Padded(map.Height, window.PaddingHeight) - window.Height) / window.StrideHeight + 1,
        (Padded(map.Width, window.PaddingWidth) - window.Width) / window.StrideWidth + 1);

    private static long Padded(int length, int padding) => length + 2L * padding;

    private bool Fits(StageOperations stage, WindowNode window, StageOutput input, string id, Place place)
    {
        long height = Padded(input.Shape.Height, window.PaddingHeight), width = Padded(input.Shape.Width, window.PaddingWidth);
        if (window.Height <= height && window.Width <= width) return true;
        string padding = window.PaddingHeight == window.PaddingWidth
            ? $"{window.PaddingHeight}"
            : $"{window.PaddingHeight}×{window.PaddingWidth}";
        problems.Add(id, place, stage.Name, Text(input.Shape), input.Name, padding, $"{height}×{width}", $"{window.Height}×{window.Width}");
        return false;
    }

    private ImageShape? Output(StageOperations stage, int attribute, long channels, long height, long width)
    {
        if (Sizes.Product(channels, height, width) <= MaxValues) return new ImageShape((int)channels, (int)height, (int)width);
        string size = $"{channels}×{height}×{width} values";
        problems.Add(
            DiagnosticIds.TooLarge, stage.Scope.At(stage.Index, attribute, null), $"The output of stage '{stage.Name}'", size, MaxValues);
        return null;
    }

    private bool HasRoomForWeights(StageOperations stage, params long[] dimensions)
    {
        _weights += Sizes.Product(dimensions) + dimensions[0];
        if (_weights <= MaxWeights) return true;
        string size = $"its {string.Join("×", dimensions)} weights and those of the stages before it";
        problems.Add(
            DiagnosticIds.TooLarge, stage.Scope.At(stage.Index, stage.LinearAttribute, null), $"Stage '{stage.Name}'", size, MaxWeights);
        return false;
    }

    // Kernels treat a single pixel as a map too: always three numbers, whereas ImageShape prints one.
    private static string Text(ImageShape shape) => $"{shape.Channels}×{shape.Height}×{shape.Width}";
}
