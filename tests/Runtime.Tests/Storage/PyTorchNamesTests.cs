using NoiseGen.Storage;

namespace NoiseGen.Runtime.Tests.Storage;

/// <summary>The names and shapes of torchvision's networks, and their matching layers in networks of the same shapes.</summary>
public sealed class PyTorchNamesTests
{
    [Theory]
    [InlineData("vgg11", false)]
    [InlineData("vgg11_bn", true)]
    public void LayersInASequenceAreFoundByTheirPlace(string file, bool hasNorms)
    {
        NamedShape[] tensors = Torchvision(file);
        string[] stages = ["Conv1", "Conv2", "Conv3", "Conv4", "Conv5", "Conv6", "Conv7", "Conv8", "Hidden1", "Hidden2", "Logits"];
        NamedShape[] linear = [.. tensors.Where(tensor => tensor.Shape.Length > 1)];
        NamedShape[] network =
            [.. stages.Zip(linear).SelectMany(stage => Layer(stage.First, stage.Second.Shape, hasNorms && stage.Second.Shape.Length == 4))];

        IReadOnlyDictionary<string,
            string> names = PyTorchNames.Read([.. tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal)], network);

        // The tensors of the file are listed in the order of its layers.
        string[] expected =
            [.. network.Select(tensor => tensor.Name).Where(name => !name.EndsWith(".num_batches_tracked", StringComparison.Ordinal))];
        Assert.Equal(expected, tensors.Select(tensor => names[tensor.Name])
            .Where(name => !name.EndsWith(".num_batches_tracked", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Conv1", "Fc", "Conv1", "Conv2")]
    [InlineData("Stem", "Logits", "Conv1", "Conv2")]
    [InlineData("Stem", "Logits", "First", "Second")]
    public void LayersOfResNet18AreFound(string stem, string head, string first, string second)
    {
        NamedShape[] tensors = Torchvision("resnet18");
        string Expected(string name) => string.Join('.', name.Split('.') switch
        {
            ["conv1", var member] => [stem, member],
            ["bn1", var member] => [stem, "norm", member],
            ["fc", var member] => [head, member],
            [var layer, var block, "conv1", var member] => [Capital(layer), block, first, member],
            [var layer, var block, "bn1", var member] => [Capital(layer), block, first, "norm", member],
            [var layer, var block, "conv2", var member] => [Capital(layer), block, second, member],
            [var layer, var block, "bn2", var member] => [Capital(layer), block, second, "norm", member],
            [var layer, var block, "downsample", "0", var member] => [Capital(layer), block, "Projection", member],
            [var layer, var block, "downsample", "1", var member] => (string[])[Capital(layer), block, "Projection", "norm", member],
            _ => throw new ArgumentException(name, nameof(name)),
        });

        IReadOnlyDictionary<string, string> names = PyTorchNames.Read(
            [.. tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal)],
                [.. tensors.Select(tensor => tensor with { Name = Expected(tensor.Name) })]);

        Assert.All(tensors, tensor => Assert.Equal(Expected(tensor.Name), names[tensor.Name]));
    }

    /// <summary>Layers that do not differ only in numbers are not guessed.</summary>
    [Fact]
    public void LayersOfOneShapeAndDifferentWordsAreNotGuessed()
    {
        NamedShape[] file = [new("encoder.weight", [4, 4]), new("decoder.weight", [4, 4])];
        NamedShape[] network = [new("Hidden.weight", [4, 4]), new("Logits.weight", [4, 4])];
        Assert.Empty(PyTorchNames.Read(file, network));
    }

    [Fact]
    public void ANameOfAnotherShapeIsStillAName()
    {
        NamedShape[] file = [new("conv1.weight", [8, 3, 7, 7]), new("fc.weight", [10, 8])];
        NamedShape[] network = [new("Conv1.weight", [8, 3, 3, 3]), new("Logits.weight", [4, 8])];
        Assert.Equal(new Dictionary<string, string> { ["conv1.weight"] = "Conv1.weight", ["fc.weight"] = "Logits.weight" },
            PyTorchNames.Read(file, network));
    }

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static IEnumerable<NamedShape> Layer(string stage, long[] shape, bool hasNorm)
    {
        long[] channels = [shape[0]];
        return
        [
            new($"{stage}.weight", shape), new($"{stage}.bias", channels),
            .. hasNorm
                ? new[] { "weight", "bias", "running_mean",
                "running_var" }.Select(member => new NamedShape($"{stage}.norm.{member}", channels)) : [],
        ];
    }

    private static NamedShape[] Torchvision(string name) =>
        [.. File.ReadLines(ToolFile.At($"{name}.txt")).Select(line => line.Split(' '))
            .Select(words => new NamedShape(words[0], [.. words[1..].Select(long.Parse)]))];
}
