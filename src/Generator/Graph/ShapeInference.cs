using NoiseGen.Generator.Diagnostics;
using NoiseGen.Generator.Parsing;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Graph;

/// <summary>The shapes of one stage.</summary>
internal readonly record struct StageShapes(ImageShape Input, ImageShape LinearOutput, ImageShape Output);

/// <summary>Follows the shape of an image through the stages, and stops at the first one that it does not fit.</summary>
internal sealed class ShapeInference
{
    // A block of 32 images lies in one memory. What all stages need together is checked when the network is planned.
    private const int MaxValues = MemoryPlan.MaxFloats / 32;

    // All weights lie in one memory.
    private const int MaxWeights = MemoryPlan.MaxFloats;

    private readonly ProblemList _problems;
    private string _source = "the input";
    private long _weights;

    private ShapeInference(ProblemList problems) => _problems = problems;

    /// <summary>The shapes of all stages; of no use where there are problems.</summary>
    public static StageShapes[] Infer(NetworkDeclaration declaration, StageOperations[] stages, ProblemList problems)
    {
        StageShapes[] shapes = new StageShapes[stages.Length];
        ImageShape shape = Input(declaration, problems);
        if (problems.Count > 0) return shapes;

        ShapeInference inference = new(problems);
        for (int i = 0; i < stages.Length; i++)
        {
            if (inference.Stage(stages[i], shape) is not { } result) return shapes;
            shapes[i] = result;
            shape = result.Output;
        }

        if (shape is not { Height: 1, Width: 1, Channels: > 1 })
            problems.Add(DiagnosticIds.NoLogits, Place.Name(stages.Length - 1), declaration.Class.Name, shape, stages[^1].Name);
        return shapes;
    }

    private static ImageShape Input(NetworkDeclaration declaration, ProblemList problems)
    {
        (AttributeDeclaration.Network network, int attribute) = declaration.Attributes.OfKind<AttributeDeclaration.Network>().Single();
        string name = declaration.Class.Name;
        int before = problems.Count;

        void Check(int value, string argument)
        {
            if (value < 1) problems.Add(DiagnosticIds.InputSize, new Place(Place.Network, attribute, argument), name, value, argument.ToLowerInvariant());
        }

        Check(network.Channels, network.IsVector ? nameof(DenseAttribute.Features) : nameof(NetworkAttribute.Channels));
        Check(network.Height, nameof(NetworkAttribute.Height));
        Check(network.Width, nameof(NetworkAttribute.Width));

        if (problems.Count == before && Sizes.Product(network.Channels, network.Height, network.Width) > MaxValues)
        {
            string size = $"{network.Channels}×{network.Height}×{network.Width} values";
            problems.Add(DiagnosticIds.TooLarge, new Place(Place.Network, attribute, null), $"The input of network '{name}'", size, MaxValues);
        }

        return new ImageShape(network.Channels, network.Height, network.Width);
    }

    private StageShapes? Stage(StageOperations stage, ImageShape input)
    {
        if (Linear(stage, input) is not { } linear || Pool(stage, linear) is not { } output) return null;
        _source = $"'{stage.Name}'";
        return new StageShapes(input, linear, output);
    }

    private ImageShape? Linear(StageOperations stage, ImageShape input) => stage.Linear switch
    {
        LinearNode.Conv2d conv => Convolution(stage, conv, input),
        LinearNode.Dense dense when HasRoomForWeights(stage, dense.Features, input.Count) => Output(stage, stage.LinearAttribute, dense.Features, 1, 1),
        null => input,
        _ => null,
    };

    private ImageShape? Convolution(StageOperations stage, LinearNode.Conv2d conv, ImageShape input)
    {
        Window window = new(conv.Window.Height, conv.Window.StrideHeight, conv.Window.PaddingHeight);
        if (!Fits(stage, window, input, DiagnosticIds.KernelTooLarge, new Place(stage.Index, stage.LinearAttribute, nameof(Conv2dAttribute.Kernel)))
            || !HasRoomForWeights(stage, conv.Channels, input.Channels, conv.Window.Height, conv.Window.Width)) return null;

        return Output(stage, stage.LinearAttribute, conv.Channels, window.Steps(input.Height), window.Steps(input.Width));
    }

    private ImageShape? Pool(StageOperations stage, ImageShape input)
    {
        if (stage.Pool is not { } pool) return input;
        Window window = new(pool.Window.Height, pool.Window.StrideHeight, pool.Window.PaddingHeight);
        return Fits(stage, window, input, DiagnosticIds.WindowTooLarge, new Place(stage.Index, stage.PoolAttribute, nameof(MaxPoolAttribute.Size)))
            ? Output(stage, stage.PoolAttribute, input.Channels, window.Steps(input.Height), window.Steps(input.Width))
            : null;
    }

    private bool Fits(StageOperations stage, Window window, ImageShape input, string id, Place place)
    {
        if (window.Fits(input.Height) && window.Fits(input.Width)) return true;
        string padded = $"{window.Padded(input.Height)}×{window.Padded(input.Width)}";
        string source = stage.Linear is not null && stage.PoolAttribute == place.Attribute ? "its linear operation" : _source;
        _problems.Add(id, place, stage.Name, Text(input), source, window.Padding, padded, window.Size);
        return false;
    }

    private ImageShape? Output(StageOperations stage, int attribute, long channels, long height, long width)
    {
        if (Sizes.Product(channels, height, width) <= MaxValues) return new ImageShape((int)channels, (int)height, (int)width);
        string size = $"{channels}×{height}×{width} values";
        _problems.Add(DiagnosticIds.TooLarge, new Place(stage.Index, attribute, null), $"The output of stage '{stage.Name}'", size, MaxValues);
        return null;
    }

    private bool HasRoomForWeights(StageOperations stage, params long[] dimensions)
    {
        _weights += Sizes.Product(dimensions) + dimensions[0];
        if (_weights <= MaxWeights) return true;
        string size = $"its {string.Join("×", dimensions)} weights and those of the stages before it";
        _problems.Add(DiagnosticIds.TooLarge, new Place(stage.Index, stage.LinearAttribute, null), $"Stage '{stage.Name}'", size, MaxWeights);
        return false;
    }

    // An image of one pixel is still an image to a kernel: all three numbers, where ImageShape prints one.
    private static string Text(ImageShape shape) => $"{shape.Channels}×{shape.Height}×{shape.Width}";

    /// <summary>A square window that steps over a padded image.</summary>
    private readonly record struct Window(int Size, int Stride, int Padding)
    {
        public long Padded(int length) => length + 2L * Padding;

        public bool Fits(int length) => Size <= Padded(length);

        public long Steps(int length) => (Padded(length) - Size) / Stride + 1;
    }
}
