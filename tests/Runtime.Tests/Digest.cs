using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NoiseGen.CompilerServices;

namespace NoiseGen.Runtime.Tests;

/// <summary>A digest of the bits that all vectorized parts of the runtime's data, noise and optimizers compute.</summary>
internal static class Digest
{
    public static string OfEverything()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ImageDataset digits = Digits.Create(seed: 5, train: 90, test: 1).Train;
        hash.AppendData(digits.Pixels);
        AppendBatches(hash,
            new BatchLoader(digits, 40) { Seed = 3, Shuffle = true, Augmentation = new() { CropPadding = 3, HorizontalFlip = true } });
        AppendBatches(hash, new BatchLoader(digits, 40));
        AppendBatches(hash, new FloatBatches(new(17), 1, Gaussians(17 * 33), new int[33], 33));
        foreach (Optimizer optimizer in (Optimizer[])[new Sgd(0.1f) { Momentum = 0.9f, Nesterov = true, WeightDecay = 0.01f },
            new Adam(0.01f), new AdamW(0.01f)])
            AppendSteps(hash, optimizer);
        AppendNoise(hash);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static void AppendBatches(IncrementalHash hash, BatchSource batches)
    {
        float[] lanes = new float[32 * batches.Shape.Count];
        batches.Start(epoch: 2);
        while (batches.MoveNext())
        {
            for (int first = 0; first < batches.Count; first += 32)
            {
                batches.Load(first, lanes);
                hash.AppendData(MemoryMarshal.AsBytes(lanes.AsSpan()));
            }
        }
    }

    private static void AppendSteps(IncrementalHash hash, Optimizer optimizer)
    {
        float[] parameters = Gaussians(160), gradients = [.. parameters.Reverse()];
        optimizer.Attach(parameters.Length);
        for (int step = 0; step < 10; step++)
        {
            optimizer.BeginStep();
            optimizer.Update(parameters, gradients, 0);
        }

        hash.AppendData(MemoryMarshal.AsBytes(parameters.AsSpan()));
    }

    private static void AppendNoise(IncrementalHash hash)
    {
        var values = new Arena(7 * 32);
        var pass = new CompilerServices.NoisePass(new NoiseKey(7, 5, true), [new(0.3f)], 0);
        var noise = new CompilerServices.NoiseLanes(pass, 0, 32, ref new Arena(CompilerServices.NoiseLanes.Workspace).At(0));
        CompilerServices.NoiseRow.Apply<Additive>(ref values.At(0), 7, 0, noise);
        hash.AppendData(MemoryMarshal.AsBytes(values.Span(0, 7 * 32)));
    }

    private static float[] Gaussians(int count) =>
        [.. Enumerable.Range(0, count).Select(i => GaussianNoise.Sample(new(1, 0, false), 0, i, new Shape(1), 0, 0, 0))];
}
