namespace NoiseGen.Runtime.Tests.Storage;

/// <summary>The public reader, on a file that the safetensors package wrote.</summary>
public sealed class SafetensorsFileTests
{
    [Fact]
    public void TellsNamesTypesAndShapes()
    {
        using SafetensorsFile file = SafetensorsFile.Open(ToolFile.At("types.safetensors"));
        Assert.Equal("safetensors", file.Metadata["written by"]);
        string[] types = ["BF16", "BOOL", "F16", "F32", "F64", "I16", "I32", "I64", "I8", "U8"];
        Assert.Equal(types.Select(type => $"{type}, {type} [1, 4]"), file.Tensors.Select(tensor => tensor.ToString())
            .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TensorsComeAsTheyLie()
    {
        using SafetensorsFile file = SafetensorsFile.Open(ToolFile.At("torchsharp.safetensors"));
        Assert.Equal("conv1.weight, F32 [3, 1, 3, 3]", file.Tensors[0].ToString());
        Assert.StartsWith("bn1.", file.Tensors[^1].Name, StringComparison.Ordinal);
    }

    [Fact]
    public void ConvertsEveryType()
    {
        using SafetensorsFile file = SafetensorsFile.Open(ToolFile.At("types.safetensors"));
        foreach (SafetensorsTensor tensor in file.Tensors)
            Assert.Equal(tensor.Type == "BOOL" ? [0f, 1f, 1f, 1f] : [0f, 1f, 3f, 100f], file.Read(tensor.Name));
    }

    [Fact]
    public void SaysWhatThereIs()
    {
        using SafetensorsFile file = SafetensorsFile.Open(ToolFile.At("torchsharp-outputs.safetensors"));
        Assert.Contains("has no tensor 'image'; it has images, logits", Assert.Throws<KeyNotFoundException>(() => file.Read("image"))
            .Message, StringComparison.Ordinal);
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => file.Read("images"));
        Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(Path.GetTempPath()));
        Assert.Throws<FileNotFoundException>(() => SafetensorsFile.Open(ToolFile.At("nothing.safetensors")));
    }
}
