using System.Runtime;
using System.Runtime.Intrinsics.X86;
using NoiseGen.Tests.Declared;

namespace NoiseGen.Tests.Properties;

/// <summary>The same seed gives the same bits, whatever computes them.</summary>
public class SameBitsTests
{
    public static TheoryData<string> Names => [.. DeclaredNetworks.Names];

    /// <summary>Switches of the .NET runtime that take instructions away.</summary>
    public static TheoryData<string, string[]> Switches
    {
        get
        {
            var cases = new TheoryData<string, string[]>();
            foreach (string name in new[] { nameof(Everything), nameof(NarrowNoisyResNet), nameof(Dropped), nameof(GroupedConvolutions),
                nameof(Squares), nameof(LargeSquares), nameof(SquareGradients), nameof(LargeSquareGradients), nameof(MixedDevices) })
            {
                cases.Add(name, []);
                cases.Add(name, ["DOTNET_EnableAVX2"]);
                if (!Avx512F.IsSupported) continue; // nothing to take away
                cases.Add(name, ["DOTNET_EnableAVX512"]);
                cases.Add(name, ["DOTNET_EnableAVX512", "DOTNET_EnableAVX2"]);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void OnAnyNumberOfThreads(string name)
    {
        // Four blocks, the last one not full: fewer than seven threads can share evenly.
        const int Images = 100;
        using var single = new Workload(name, Images, threads: 1);
        string expected = single.Fingerprint();
        foreach (int threads in new[] { 2, 3, 7 })
        {
            using var shared = new Workload(name, Images, threads);
            Assert.Equal(expected, shared.Fingerprint());
        }
    }

    [Theory]
    [MemberData(nameof(Switches))]
    public void OnAnyProcessor(string network, string[] switchedOff)
    {
        using var here = new Workload(network, Child.FingerprintImages);

        string[] report = Child.Run(switchedOff.ToDictionary(name => name, _ => "0"), Child.Fingerprint, network);

        bool avx2 = Avx2.IsSupported && !switchedOff.Contains("DOTNET_EnableAVX2");
        bool avx512 = avx2 && Avx512F.IsSupported && !switchedOff.Contains("DOTNET_EnableAVX512");
        Assert.Equal([$"AVX2 {avx2}, AVX-512 {avx512}", $"Server GC {GCSettings.IsServerGC}", here.Fingerprint()], report);
    }

    /// <summary>Settings of the .NET runtime under which other code is compiled, or memory lies elsewhere.</summary>
    public static TheoryData<string, string, string> Runtimes
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            foreach (string name in new[] { nameof(Everything), nameof(NarrowNoisyResNet), nameof(Squares) })
            {
                cases.Add(name, "DOTNET_TieredPGO", "0");
                cases.Add(name, "DOTNET_TieredCompilation", "0");
                cases.Add(name, "DOTNET_gcServer", "1");
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Runtimes))]
    public void UnderAnySettingOfTheRuntime(string network, string setting, string value)
    {
        using var here = new Workload(network, Child.FingerprintImages);

        string[] report = Child.Run(new Dictionary<string, string> { [setting] = value }, Child.Fingerprint, network);

        bool hasServerGC = GCSettings.IsServerGC || setting == "DOTNET_gcServer";
        Assert.Equal([$"Server GC {hasServerGC}", here.Fingerprint()], report[1..]);
    }

    /// <summary>The noise of an evaluation is numbered by the image's place in the data, not in the batch.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void OfAnEvaluationInAnyBatches(string name)
    {
        const int Images = 75;
        using var whole = new Workload(name, Images);
        float[] logits = whole.Logits(draw: 2);
        EvaluationResult evaluation = whole.Evaluate(draw: 2);
        foreach (int batchSize in new[] { 1, 16, 33, 128 })
        {
            using var parts = new Workload(name, Images, batchSize: batchSize);
            Assert.Equal(logits, parts.Logits(draw: 2));
            Assert.Equal(evaluation, parts.Evaluate(draw: 2));
        }
    }

    /// <summary>Training and evaluation take turns in the same memory; neither finds anything that the other has left.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void OfATrainingThatIsEvaluatedInBetween(string name)
    {
        const int Images = 75;
        using var straight = new Workload(name, Images, threads: 2);
        using var interrupted = new Workload(name, Images, threads: 2);
        float[] losses = straight.Train(steps: 4);
        for (int step = 0; step < losses.Length; step++)
        {
            float[] before = interrupted.Logits(draw: 3);
            Assert.Equal(losses[step], interrupted.Step().Loss);
            if (step == 0) Assert.NotEqual(before, interrupted.Logits(draw: 3));
        }

        Assert.Equal(straight.Parameters(), interrupted.Parameters());
        Assert.Equal(straight.Logits(draw: 3), interrupted.Logits(draw: 3));
    }

    /// <summary>Nothing is read that the same pass has not written: what lay in a network's memory before does not matter.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    [InlineData(nameof(Recomputed))]
    public void OfMemoryThatHoldsAnything(string name)
    {
        const int Images = 37;
        using var fresh = new Workload(name, Images, threads: 2);
        using var spoiled = new Workload(name, Images, threads: 2);
        spoiled.Spoil();
        Assert.Equal(fresh.Logits(draw: 4), spoiled.Logits(draw: 4));

        spoiled.Spoil();
        Assert.Equal(fresh.Gradients(), spoiled.Gradients());
    }

    [Fact]
    public void OfANetworkWithoutNoiseAtSigmaZero()
    {
        using var clean = new Workload(nameof(LeNet5Clean), images: 40);
        using var noisy = new Workload(nameof(LeNet5Noisy), images: 40);
        noisy.Network.Noise.SetTrainSigma(0f);
        noisy.Network.Noise.SetEvaluationSigma(0f);

        Assert.Equal(clean.Fingerprint(), noisy.Fingerprint());
    }

    /// <summary>
    /// Which outputs are kept is the generator's affair:
    /// its tests see that the one network computes three of them once more, and the other none.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void OfOutputsThatAreKeptOrComputedOnceMore(int threads)
    {
        using var recomputed = new Workload(nameof(Recomputed), images: 75, threads);
        using var kept = new Workload(nameof(Kept), images: 75, threads);
        kept.Network.Noise.SetTrainSigma(0f);
        kept.Network.Noise.SetEvaluationSigma(0f);

        Assert.Equal(kept.Fingerprint(), recomputed.Fingerprint());
    }

    [Theory]
    [InlineData(nameof(LeNet5Noisy))]
    [InlineData(nameof(Everything))]
    public void FromASourceAndFromSpans(string name)
    {
        using var spans = new Workload(name, images: 45);
        using var source = new Workload(name, images: 45);
        Shape shape = source.Network.Description.Input;
        var batches = new FloatBatches(shape, source.Network.Classes, source.Images.ToArray(), source.Labels.ToArray(), batchSize: 45);
        var optimizer = new Adam(learningRate: 0.01f);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            batches.Start(epoch);
            while (batches.MoveNext()) source.Network.TrainStep(batches, optimizer);
        }

        spans.Train(steps: 3);

        Assert.Equal(spans.Parameters(), source.Parameters());
        var inParts = new FloatBatches(shape, source.Network.Classes, source.Images.ToArray(), source.Labels.ToArray(), batchSize: 10);
        Assert.Equal(spans.Evaluate(draw: 1), source.Network.Evaluate(inParts, draw: 1));
    }

    /// <summary>What the other tests compare would be equal, too, if nothing were ever drawn.</summary>
    [Fact]
    public void NoiseAndTrainingChangeTheBits()
    {
        using var workload = new Workload(nameof(Everything), images: 20);
        float[] before = workload.Logits(draw: 0);
        Assert.Equal(before, workload.Logits(draw: 0));
        Assert.NotEqual(before, workload.Logits(draw: 1));

        float loss = workload.Network.ComputeGradients(workload.Images, workload.Labels).Loss;
        workload.Network.Noise.SetTrainSigma(0f);
        Assert.NotEqual(loss, workload.Network.ComputeGradients(workload.Images, workload.Labels).Loss);

        workload.Train(steps: 1);
        Assert.NotEqual(before, workload.Logits(draw: 0));
    }
}
