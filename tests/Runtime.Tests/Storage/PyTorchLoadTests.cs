namespace NoiseGen.Runtime.Tests.Storage;

/// <summary>
/// Files written by PyTorch with the safetensors package, and by TorchSharp with its own: the network has the same logits as there.
/// </summary>
public sealed class PyTorchLoadTests
{
    private static readonly LoadOptions s_pyTorch = new() { Names = TensorNames.PyTorch };

    public static TheoryData<string, string, float> Files => new()
    {
        { nameof(NamedResNet), "resnet", 1e-5f },
        { nameof(RenamedResNet), "resnet", 1e-5f },
        { nameof(Sequence), "sequence", 1e-5f },
        { nameof(TorchSharpNet), "torchsharp", 1e-5f },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void LogitsAreThoseOfTheOtherTool(string network, string file, float tolerance)
    {
        using NeuralNetwork net = Create(network);

        LoadResult result = net.Load(ToolFile.At($"{file}.safetensors"), s_pyTorch);

        Assert.Equal(net.Parameters.Count + net.Statistics.Count, result.Loaded.Length);
        Assert.Empty(result.Missing);
        Assert.Empty(result.Unused);
        Assert.Empty(result.Mismatched);
        ToolFile.AssertLogits($"{file}-outputs.safetensors", net, tolerance);
    }

    [Fact]
    public void HalvesWithAPrefixAreConverted()
    {
        using var net = new RenamedResNet(seed: 1);
        net.Load(ToolFile.At("resnet-half.safetensors"), s_pyTorch with { Prefix = "module.", ConvertTypes = true });
        ToolFile.AssertLogits("resnet-outputs.safetensors", net, 4e-3); // eleven bits
    }

    [Fact]
    public void AHeadForOtherClassesStaysAsItIs()
    {
        using var net = new OtherHead(seed: 1);
        float[] weights = net.Logits.Weights.Values.ToArray();

        LoadResult result = net.Load(ToolFile.At("resnet.safetensors"), s_pyTorch with { Strict = false });

        Assert.Equal(["fc.weight → Logits.weight ([5, 6], not [3, 6])", "fc.bias → Logits.bias ([5], not [3])"],
            result.Mismatched.Select(one => one.ToString()));
        Assert.Equal(net.Parameters.Count + net.Statistics.Count - 2, result.Loaded.Length);
        Assert.Equal(weights, net.Logits.Weights.Values);
        Assert.StartsWith("Loaded 40 of 42 tensors\nOf another shape: fc.weight → Logits.weight",
            result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AFunctionRenames()
    {
        using var net = new RenamedResNet(seed: 1);
        var words = new Dictionary<string, string>
        {
            ["conv1."] = "Stem.", ["bn1."] = "Stem.norm.", ["fc."] = "Logits.", ["layer"] = "Layer",
                [".conv"] = ".Conv", [".bn1."] = ".Conv1.norm.", [".bn2."] = ".Conv2.norm.",
            ["downsample.0"] = "Projection", ["downsample.1"] = "Projection.norm",
        };
        net.Load(ToolFile.At("resnet.safetensors"),
            new() { Rename = name => words.Aggregate(name, (text, word) => Replaced(text, word.Key, word.Value)) });
        ToolFile.AssertLogits("resnet-outputs.safetensors", net, 1e-5);

        static string Replaced(string text, string word, string other) =>
            text.StartsWith(word, StringComparison.Ordinal) || word[0] == '.' || word[0] == 'd'
                ? text.Replace(word, other, StringComparison.Ordinal) : text;
    }

    [Fact]
    public void WhatAFunctionLeavesOutIsUnused()
    {
        using var net = new NamedResNet(seed: 1);
        float before = net.Fc.Biases.Values[0];
        LoadResult result =
            net.Load(ToolFile.At("resnet.safetensors"),
            s_pyTorch with { Strict = false, Rename = name => name == "fc.bias" ? null : name });
        Assert.Equal(["fc.bias"], result.Unused.AsEnumerable());
        Assert.Equal(["Fc.bias"], result.Missing.AsEnumerable());
        Assert.Equal(before, net.Fc.Biases.Values[0]);
    }

    [Fact]
    public void TwoTensorsOfOneNameAreRefused()
    {
        using var net = new NamedResNet(seed: 1);
        CheckpointException refusal =
            Assert.Throws<CheckpointException>(() => net.Load(ToolFile.At("resnet.safetensors"), new() { Rename = name => name[^6..] }));
        Assert.Contains("are both read as '", refusal.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string, string, int> Advice => new()
    {
        { nameof(NamedResNet), "resnet", "conv1.weight → Conv1.weight", "Names = TensorNames.PyTorch", 42 },
        {
            nameof(NamedResNet), "resnet-half", "module.conv1.weight → Conv1.weight",
            "Prefix = \"module.\", Names = TensorNames.PyTorch, ConvertTypes = true", 42
        },
        { nameof(OtherHead), "resnet", "conv1.weight → Stem.weight", "Names = TensorNames.PyTorch, Strict = false", 40 },
    };

    [Theory]
    [MemberData(nameof(Advice))]
    public void ARefusalSaysWhichOptionsHelp(string network, string file, string example, string options, int found)
    {
        using NeuralNetwork net = Create(network);
        float[] before = net.Parameters[0].Values.ToArray();
        CheckpointException refusal = Assert.Throws<CheckpointException>(() => net.Load(ToolFile.At($"{file}.safetensors")));
        Assert.Contains("it has no tensor '", refusal.Message, StringComparison.Ordinal);
        string advice = $". {example}? With new LoadOptions {{ {options} }} {found} of the network's 42 tensors are found";
        Assert.EndsWith(advice, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, net.Parameters[0].Values);
    }

    /// <summary>Neither if nothing fits, nor if a few layers fit by chance.</summary>
    [Fact]
    public void AnotherNetworksFileHasNoAdvice()
    {
        using var net = new TorchSharpNet(seed: 1);
        using var similar = new AlikeAtFirst(seed: 1);
        foreach (NeuralNetwork other in new NeuralNetwork[] { net, similar })
        {
            string message = Assert.Throws<CheckpointException>(() => other.Load(ToolFile.At("resnet.safetensors"))).Message;
            Assert.DoesNotContain("LoadOptions", message, StringComparison.Ordinal);
        }

        Assert.NotEmpty(similar.Load(ToolFile.At("resnet.safetensors"), s_pyTorch with { Strict = false }).Loaded);
        CheckpointException refusal =
            Assert.Throws<CheckpointException>(() => net.Load(ToolFile.At("types.safetensors"), s_pyTorch with { Strict = false }));
        Assert.Contains("none of its tensors fits the network", refusal.Message, StringComparison.Ordinal);
    }

    private static NeuralNetwork Create(string name) => name switch
    {
        nameof(NamedResNet) => new NamedResNet(seed: 1),
        nameof(RenamedResNet) => new RenamedResNet(seed: 1),
        nameof(OtherHead) => new OtherHead(seed: 1),
        nameof(Sequence) => new Sequence(seed: 1),
        nameof(TorchSharpNet) => new TorchSharpNet(seed: 1),
        _ => throw new ArgumentException($"There is no network {name}.", nameof(name)),
    };
}
