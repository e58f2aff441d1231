using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NoiseGen.CompilerServices;
using NoiseGen.Tests.Declared;

namespace NoiseGen.Tests.Properties;

/// <summary>A training run on random data, the same wherever it runs, and a digest of everything that comes out of it.</summary>
internal sealed class Workload : IDisposable
{
    private readonly float[] _images;
    private readonly int[] _labels;
    private readonly Adam _optimizer = new(learningRate: 0.01f);

    public Workload(string name, int images, int threads = 1, int? batchSize = null)
    {
        Network = DeclaredNetworks.Create(name, seed: 42, batchSize ?? images, threads);
        foreach (NoiseSite site in Network.Noise.Where(site => site.Description.Unit == SigmaUnit.Range)) site.Range = 1.5f;
        if (Network.Stages.Any(stage => stage.Description.Device is not null))
        {
            (Network.TrainsOnChips, Network.StuckOff) = (true, 0.01f);
            (Network.Chip, Network.Age) = (1, TimeSpan.FromDays(1));
        }

        Network.Noise.SetTrainSigma(0.1f);
        Network.Noise.SetEvaluationSigma(0.2f);
        var random = new Random(1);
        _images = [.. Enumerable.Range(0, images * Network.Description.Input.Count).Select(_ => (float)random.Uniform(2))];
        _labels = random.Labels(images, Network.Classes);
    }

    public NeuralNetwork Network { get; }

    public ReadOnlySpan<float> Images => _images;

    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>Takes training steps, all on the same batch.</summary>
    /// <returns>The losses.</returns>
    public float[] Train(int steps)
    {
        var losses = new float[steps];
        for (int step = 0; step < steps; step++) losses[step] = Step().Loss;
        return losses;
    }

    public StepResult Step() => Network.TrainStep(_images, _labels, _optimizer);

    public float[] Logits(uint draw = 0)
    {
        var logits = new float[_labels.Length * Network.Classes];
        Network.Forward(_images, logits, draw);
        return logits;
    }

    public EvaluationResult Evaluate(uint draw = 0) => Network.Evaluate(_images, _labels, draw);

    public float[] Parameters() => [.. Network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];

    /// <summary>All gradients of the batch.</summary>
    public float[] Gradients()
    {
        Network.ComputeGradients(_images, _labels);
        return [.. Network.Parameters.SelectMany(parameter => parameter.Gradients.ToArray())];
    }

    /// <summary>Fills what the passes work on with NaN, up to the zeros that lie at its start.</summary>
    public void Spoil()
    {
        object memory = Private(Private(Network, typeof(NeuralNetwork), "_engine"), typeof(Engine), "_memory");
        var work = (Arena)Private(memory, typeof(WorkMemory), "_arena");
        work.Span(16, work.Length - 16).Fill(float.NaN);
        foreach (Arena scratch in (Arena[])Private(memory, typeof(WorkMemory), "_scratch")) scratch.Span(0, scratch.Length).Fill(float.NaN);
    }

    private static object Private(object owner, Type type, string field) =>
        type.GetField(field, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(owner)!;

    /// <summary>A digest of the losses of twenty training steps, and of the parameters, logits and evaluation after them.</summary>
    public string Fingerprint()
    {
        float[] losses = Train(steps: 20);
        Assert.All(losses, loss => Assert.True(float.IsFinite(loss)));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (float[] values in new[] { losses, Parameters(), Logits() }) hash.AppendData(MemoryMarshal.AsBytes<float>(values));
        EvaluationResult evaluation = Evaluate(draw: 1);
        hash.AppendData(BitConverter.GetBytes(evaluation.Loss));
        hash.AppendData(BitConverter.GetBytes(evaluation.Correct));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    public void Dispose() => Network.Dispose();
}
