using Harden;
using NoiseGen.Onnx;
using NoiseGen.Runtime.Tests.Storage;

namespace NoiseGen.Tests;

/// <summary>
/// What cannot be a network's file is refused, and changes nothing: neither weights that are no numbers are believed, nor pipes read.
/// </summary>
public sealed class LoadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("noisegen").FullName;

    private string File => Path.Combine(_folder, "net.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, int, float, string> Wrong => new()
    {
        { "Conv1.weight", 7, float.NaN, "NaN at [0, 0, 1, 2]; a finite number is expected" },
        { "Conv2.weight", 0, float.PositiveInfinity, "Infinity at [0, 0, 0, 0]; a finite number is expected" },
        { "Logits.bias", 9, float.NegativeInfinity, "-Infinity at [9]; a finite number is expected" },
        { "Conv1.norm.running_mean", 1, float.NaN, "NaN at [1]; a finite number is expected" },
        { "Conv1.norm.running_var", 2, float.NaN, "NaN at [2]; a finite number, at least 0, is expected" },
        { "Conv1.norm.running_var", 5, -0.5f, "-0.5 at [5]; a finite number, at least 0, is expected" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void AWrongWeightIsNamedAndChangesNothing(string tensor, int place, float value, string message)
    {
        SaveWith(tensor, place, value);
        using var network = new LeNet5BatchNormGray(seed: 2, batchSize: 1, threads: 1);
        float[] before = Values(network);

        CheckpointException refusal = Assert.Throws<CheckpointException>(() => network.Load(File));

        Assert.Equal($"{File}: tensor '{tensor}' has the value {message}", refusal.Message);
        Assert.Equal(before, Values(network));
        Assert.Equal(0u, network.Step);
    }

    [Fact]
    public void ADivergedNetworkIsLoadedWhereThatIsAskedFor()
    {
        SaveWith("Conv1.weight", 7, float.NaN);
        using var network = new LeNet5BatchNormGray(seed: 2, batchSize: 1, threads: 1);
        network.Load(File, new LoadOptions { AllowNonFinite = true });
        Assert.Equal(float.NaN, network.Parameters[0].Values[7]);

        SaveWith("Conv1.norm.running_var", 0, -1f);
        Assert.Throws<CheckpointException>(() => network.Load(File, new LoadOptions { AllowNonFinite = true }));
    }

    public static TheoryData<string> Kinds => SpecialFile.Kinds;

    /// <summary>Neither read, which may wait for ever, nor replaced.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task WhatIsNoRegularFileIsRefused(string kind)
    {
        SpecialFile.Make(kind, File);
        using var network = new MlpGray(seed: 2, batchSize: 1, threads: 1);
        foreach (Action use in new Action[] { () => network.Load(File), () => network.Save(File), () => network.ExportOnnx(File), Train })
        {
            IOException refusal = await Assert.ThrowsAnyAsync<IOException>(() => Task.Run(use).WaitAsync(TimeSpan.FromMinutes(1)));
            Assert.StartsWith($"{File}: ", refusal.Message, StringComparison.Ordinal);
            Assert.Contains($"found {SpecialFile.NameOf(kind)}", refusal.Message, StringComparison.Ordinal);
        }

        Assert.Equal([File], Directory.GetFileSystemEntries(_folder));
    }

    /// <summary>A checkpoint that tells of an accuracy of 7.5 is as broken as one without.</summary>
    [Theory]
    [InlineData("7.5", "epoch 1 has an accuracy of 7.5")]
    [InlineData("1 0", "epoch 1 has 6 numbers, and 5 or 8 are expected")]
    public void ACheckpointsHistoryIsChecked(string other, string message)
    {
        Train();
        string text = System.IO.File.ReadAllText(File, System.Text.Encoding.Latin1);
        string first = text[(text.IndexOf("\"history\":\"", StringComparison.Ordinal) + 11)..].Split(';', '"')[0];
        string[] numbers = first.Split(' ');
        string changed = string.Join(' ', numbers[0], other, numbers[2], numbers[3], numbers[4]);
        // Padding keeps the header as long as it was.
        int length = BitConverter.ToInt32(System.Text.Encoding.Latin1.GetBytes(text[..4]));
        string header = text.Substring(8, length).Replace(first, changed, StringComparison.Ordinal).TrimEnd().PadRight(length);
        Assert.Equal(length, header.Length);
        System.IO.File.WriteAllText(File, text[..8] + header + text[(8 + length)..], System.Text.Encoding.Latin1);
        Assert.Contains(message, Assert.Throws<CheckpointException>(Train).Message, StringComparison.Ordinal);
    }

    /// <summary>Two runs that keep their place in one file would take turns in spoiling it.</summary>
    [Fact]
    public void ASecondRunOnTheSameCheckpointIsRefused()
    {
        string? refusal = null;
        Train(step =>
        {
            if (step.Batch == 2) refusal = Assert.ThrowsAny<IOException>(Train).Message;
        });
        Assert.Contains($"{File}: another run keeps its place there", refusal, StringComparison.Ordinal);
        Train(); // it has ended, and its lock is gone
        Assert.Equal([File], Directory.GetFiles(_folder));
    }

    private void Train() => Train(_ => { });

    private void Train(Action<TrainingProgress> report)
    {
        using var network = new MlpGray(seed: 2, batchSize: 32, threads: 1);
        var trainer = new Trainer(network, new Adam(1e-3f)) { Checkpoint = File, Progress = report };
        trainer.Run(new BatchLoader(Digits.Create(seed: 3, train: 96, test: 10).Train, 32), epochs: 2);
    }

    private void SaveWith(string tensor, int place, float value)
    {
        using var network = new LeNet5BatchNormGray(seed: 1, batchSize: 1, threads: 1);
        Span<float> values = network.Parameters.FirstOrDefault(one => one.Name == tensor) is { } parameter
            ? parameter.Values
            : network.Statistics.Single(one => one.Name == tensor).Values;
        values[place] = value;
        network.Save(File);
    }

    private static float[] Values(NeuralNetwork network) =>
        [.. network.Parameters.SelectMany(one => one.Values.ToArray()), .. network.Statistics.SelectMany(one => one.Values.ToArray())];
}
