using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NoiseGen.Tests.Declared;

namespace NoiseGen.Tests.Properties;

/// <summary>What is saved is restored bit for bit; a broken file is refused, and changes nothing.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("noisegen").FullName;

    public static TheoryData<string> Networks =>
        [nameof(LeNet5Both), nameof(NarrowNoisyResNet), nameof(Everything), nameof(NarrowDenseNet)];

    private string File => Path.Combine(_folder, "net.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Networks))]
    public void ALoadedNetworkGoesOnAsTheSavedOneDoes(string name)
    {
        using var saved = new Workload(name, images: 20);
        using var loaded = new Workload(name, images: 20);
        foreach (Stage stage in saved.Network.Stages.Where(stage => stage.Description.ActivationQuantizer is { Learned: null }))
            stage.Quantizer.Scale *= 1.5f;
        saved.Train(steps: 2);
        saved.Network.Save(File);

        loaded.Network.Load(File);

        Assert.Equal(2u, loaded.Network.Step);
        Assert.Equal(saved.Parameters(), loaded.Parameters());
        Assert.Equal(saved.Logits(draw: 1), loaded.Logits(draw: 1));
        StepResult expected = saved.Network.ComputeGradients(saved.Images, saved.Labels),
            actual = loaded.Network.ComputeGradients(loaded.Images, loaded.Labels);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void NamesShapesAndLayoutsArePyTorchs()
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(NarrowResNet));
        network.Save(File);

        (JsonObject header, byte[] data) = Read();

        string[] expected =
        [
            .. network.Parameters.Select(parameter => parameter.Name).Concat(network.Statistics.Select(statistic => statistic.Name)),
            .. network.Description.Stages.Where(stage => stage.Norm is not null).Select(stage => $"{stage.Name}.norm.num_batches_tracked"),
        ];
        Assert.Equal(
            expected.Select(name => name.Replace('[', '.').Replace("]", "", StringComparison.Ordinal)).Order(),
            header.Select(tensor => tensor.Key).Where(name => name != "__metadata__").Order());
        Assert.Contains("Layer2.0.Conv1.weight", header.Select(tensor => tensor.Key));
        Parameter parameter = network.Parameters.First(one => one.Description.Dimensions.Length == 4);
        JsonNode entry = header[parameter.Name]!;
        Assert.Equal(parameter.Description.Dimensions, entry["shape"]!.AsArray().Select(n => (int)n!));
        int begin = (int)entry["data_offsets"]![0]!;
        Assert.Equal(parameter.Values[1], BitConverter.ToSingle(data, begin + 4));
    }

    [Fact]
    public void SavingReplacesTheFileAndLeavesNothingElse()
    {
        using var workload = new Workload(nameof(LeNet5Clean), images: 5);
        workload.Network.Save(File);
        workload.Train(steps: 1);
        workload.Network.Save(File);

        Assert.Equal([File], Directory.GetFiles(_folder));
        using var loaded = new Workload(nameof(LeNet5Clean), images: 5);
        loaded.Network.Load(File);
        Assert.Equal(workload.Parameters(), loaded.Parameters());
    }

    [Fact]
    public void AFileThatCannotBeWrittenLeavesTheOldOne()
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(PrimeMlp));
        Assert.ThrowsAny<IOException>(() => network.Save(Path.Combine(_folder, "missing", "net.safetensors")));

        // A folder at the file's path cannot be replaced.
        Directory.CreateDirectory(File);
        Assert.ThrowsAny<Exception>(() => network.Save(File));
        Assert.Equal([File], Directory.GetFileSystemEntries(_folder));
    }

    public static TheoryData<string, string> BrokenHeaders => new()
    {
        { "missing", "no tensor 'Hidden1.weight'" },
        { "extra", "a tensor 'Hidden9.weight'" },
        { "shape", "has the shape" },
        { "type", "is of I32; F32 is expected" },
        { "unknown type", "unknown type 'F31'" },
        { "size", "takes" },
        { "size beyond all numbers", $"takes {long.MaxValue} bytes" },
        { "place beyond all numbers", $"where {long.MaxValue} is expected: tensors overlap" },
        { "backwards", "but has the place 4 to 0" },
        { "overlap", "overlap, or leave a gap" },
        { "negative", "no whole number from 0 on" },
        { "property", "unknown property 'colour'" },
        { "twice", "two tensors" },
        { "not JSON", "not what a safetensors file begins with" },
        { "not UTF-8", "not what a safetensors file begins with" },
        { "something behind", "not what a safetensors file begins with" },
    };

    [Theory]
    [MemberData(nameof(BrokenHeaders))]
    public void ABrokenHeaderIsNamed(string fault, string message)
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(PrimeMlp));
        network.Save(File);
        (JsonObject header, byte[] data) = Read();
        string first = network.Parameters[0].Name, second = network.Parameters[1].Name;
        string json = header.ToJsonString();
        JsonObject tensor = (JsonObject)header[first]!;
        switch (fault)
        {
            case "missing": Rename(header, first, "Other"); message = $"no tensor '{first}'"; break;
            case "extra": header["Hidden9.weight"] =
                JsonNode.Parse($"{{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[{data.Length},{data.Length}]}}"); break;
            case "shape": tensor["shape"] = new JsonArray(1, network.Parameters[0].Description.Count); break;
            case "type": tensor["dtype"] = "I32"; break;
            case "unknown type": tensor["dtype"] = "F31"; break;
            case "size beyond all numbers": tensor["shape"] = new JsonArray(1L << 62, 1L << 62, 1L << 62); break;
            case "place beyond all numbers": (tensor["shape"], tensor["data_offsets"]) =
                (new JsonArray(long.MaxValue), new JsonArray(0, long.MaxValue)); break;
            case "backwards": tensor["data_offsets"] = new JsonArray(4, 0); break;
            case "size": tensor["shape"] = new JsonArray(3, 3); break;
            case "overlap": header[second]!["data_offsets"] = new JsonArray(0, network.Parameters[1].Description.Count * 4); break;
            case "negative": tensor["shape"] = new JsonArray(-1, 4); break;
            case "property": tensor["colour"] = "red"; break;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(fault switch
        {
            "twice" => json[..^1] + $",\"{first}\":{tensor.ToJsonString()}}}",
            "not JSON" => "{\"a\": nonsense}",
            "something behind" => json + "{}",
            _ => header.ToJsonString(),
        });
        if (fault == "not UTF-8") bytes[2] = 0xFF;
        Write(bytes, data);

        AssertRefused(network, message);
    }

    [Fact]
    public void LengthsThatCannotBeAreRefusedBeforeAnythingIsRead()
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(PrimeMlp));
        network.Save(File);
        byte[] bytes = System.IO.File.ReadAllBytes(File);

        System.IO.File.WriteAllBytes(File, bytes[..^1]);
        AssertRefused(network, "cut off");
        System.IO.File.WriteAllBytes(File, [.. bytes, 0]);
        AssertRefused(network, "too long");
        System.IO.File.WriteAllBytes(File, bytes[..5]);
        AssertRefused(network, "5 bytes");
        BinaryPrimitives.WriteInt64LittleEndian(bytes, 1L << 60);
        System.IO.File.WriteAllBytes(File, bytes);
        AssertRefused(network, $"a header of {1L << 60} bytes");
    }

    [Fact]
    public void AnotherNetworksCheckpointIsRefused()
    {
        using NeuralNetwork resnet = DeclaredNetworks.Create(nameof(NarrowResNet)), mlp = DeclaredNetworks.Create(nameof(PrimeMlp));
        resnet.Save(File);
        AssertRefused(mlp, "no tensor");
    }

    /// <summary>
    /// 20,000 files with a flipped, repeated or missing piece: each is read as it is or refused by name, and memory use stays in
    /// proportion.
    /// </summary>
    [Fact]
    public void DamagedFilesNeverCrash()
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(PrimeMlp), batchSize: 1, threads: 1);
        network.Save(File);
        byte[] whole = System.IO.File.ReadAllBytes(File);
        var random = new Random(5);
        int refused = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        const int Cases = 20_000;
        for (int i = 0; i < Cases; i++)
        {
            System.IO.File.Delete(File); // overwriting a file would cost milliseconds: file systems write it to disk
            System.IO.File.WriteAllBytes(File, Damaged(whole, random));
            try
            {
                network.Load(File);
            }
            catch (CheckpointException)
            {
                refused++;
            }
        }

        // The file, its staging, and the damaged copy; the header's text once more for each of its names.
        long most = Cases * (8L * whole.Length + 200_000);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, most);
        Assert.InRange(refused, Cases / 2, Cases);
        System.IO.File.WriteAllBytes(File, whole);
        network.Load(File);
    }

    // Mostly in the header, where damage matters.
    private static byte[] Damaged(byte[] whole, Random random)
    {
        int header = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(whole);
        int place = random.Next(random.Next(4) == 0 ? whole.Length : header), length = random.Next(1, 20);
        int end = Math.Min(whole.Length, place + length);
        byte[] flipped = [.. whole];
        flipped[place] ^= (byte)(1 << random.Next(8));
        return random.Next(3) switch
        {
            0 => flipped,
            1 => [.. whole[..place], .. whole[end..]],
            _ => [.. whole[..end], .. whole[place..end], .. whole[end..]],
        };
    }

    private void AssertRefused(NeuralNetwork network, string message)
    {
        float[] before = [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
        network.Parameters[0].Values[0] += 1f;
        before[0] += 1f;
        CheckpointException refusal = Assert.Throws<CheckpointException>(() => network.Load(File));
        Assert.Contains(File, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, network.Parameters.SelectMany(parameter => parameter.Values.ToArray()));
    }

    private static void Rename(JsonObject header, string from, string to)
    {
        JsonNode tensor = header[from]!.DeepClone();
        header.Remove(from);
        header[to] = tensor;
    }

    private (JsonObject Header, byte[] Data) Read()
    {
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        return ((JsonObject)JsonNode.Parse(bytes.AsSpan(8, length))!, bytes[(8 + length)..]);
    }

    private void Write(byte[] header, byte[] data)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        System.IO.File.WriteAllBytes(File, [.. length, .. header, .. data]);
    }
}
