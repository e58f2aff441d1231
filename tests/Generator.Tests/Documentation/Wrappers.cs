namespace NoiseGen.Generator.Tests.Documentation;

/// <summary>The code around excerpts in the documentation, by the names that their comments give.</summary>
internal static class Wrappers
{
    private const string Place = "/* here */";

    private static readonly Dictionary<string, string> s_all = new()
    {
        // Stages of a network of 3×32×32 images, ahead of its last one.
        ["stages"] = $$"""
            [Network(3, 32, 32)]
            partial class Net
            {
                {{Place}}
                [Dense(10)] public partial Stage Last { get; }
            }
            """,

        // Attributes of a stage.
        ["stage"] = $$"""
            [Network(3, 32, 32)]
            partial class Net
            {
                {{Place}}
                public partial Stage Conv { get; }
                [Dense(10)] public partial Stage Last { get; }
            }
            """,

        // Attributes of a network beside [Network].
        ["network"] = $$"""
            {{Place}}
            [Network(3, 32, 32)]
            partial class Net
            {
                [Conv2d(6, 5), Relu, AvgPool(2)] public partial Stage Conv { get; }
                [Dense(10)] public partial Stage Last { get; }
            }
            """,

        // Stages of a block, whose input is 16×32×32.
        ["block"] = $$"""
            [Network(16, 32, 32)]
            partial class Net
            {
                [Repeat<Unit>(2, Channels = 16)] public partial Blocks<Unit> Units { get; }
                [Dense(10)]                      public partial Stage Last { get; }
            }

            [Block]
            partial class Unit
            {
                {{Place}}
            }
            """,

        // Statements that use a network, `net`, and digits.
        ["statements"] = $$"""
            [Network(1, 28, 28), Noise<Additive>, Quantize]
            partial class LeNet5
            {
                [Conv2d(6, 5, Padding = 2), Relu, AvgPool(2)]  public partial Stage Conv1 { get; }
                [Conv2d(16, 5), Relu, AvgPool(2), Dropout]     public partial Stage Conv2 { get; }
                [Dense(10)]                                    public partial Stage Last { get; }
            }

            static class Excerpt
            {
                static void Run(LeNet5 net, DataSplit digits, Trainer trainer)
                {
                    {{Place}}
                }
            }
            """,

        // Statements that train a network, `LeNet5`, with `trainer`, on `train`, or measure it on `test`.
        ["trainer"] = $$"""
            using NoiseGen.TensorBoard;

            [Network(1, 28, 28), Noise<Additive>]
            partial class LeNet5
            {
                [Dense(10)] public partial Stage Last { get; }
            }

            static class Excerpt
            {
                static void Run(Trainer trainer, BatchSource train, BatchSource test)
                {
                    {{Place}}
                }
            }
            """,

        // Statements that use a network with memory devices, `net`, and measure it on `test`.
        ["chips"] = $$"""
            static class Excerpt
            {
                static void Run(NeuralNetwork net, BatchSource test)
                {
                    {{Place}}
                }
            }
            """,

        // Statements that export a network, `net`.
        ["onnx"] = $$"""
            using NoiseGen.Onnx;

            static class Excerpt
            {
                static void Run(NeuralNetwork net)
                {
                    {{Place}}
                }
            }
            """,
    };

    public static string Wrap(string name, string code) => s_all.TryGetValue(name, out string? wrapper)
        ? wrapper.Replace(Place, code, StringComparison.Ordinal)
        : throw new KeyNotFoundException($"There is no wrapper '{name}'; there are: {string.Join(", ", s_all.Keys)}.");
}
