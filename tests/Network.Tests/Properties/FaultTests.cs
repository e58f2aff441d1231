using System.Collections.Concurrent;
using System.Runtime.Versioning;
using NoiseGen.Tests.Declared;

namespace NoiseGen.Tests.Properties;

/// <summary>External faults, and calls from several threads: nothing is lost, nothing hangs, and no thread is left behind.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("noisegen").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> AllFaults => [.. Faults.Possible];

    /// <summary>In a separate process, whose threads can be counted.</summary>
    [Theory]
    [MemberData(nameof(AllFaults))]
    public void ATrainingGoesOnAfterAFault(string fault)
    {
        Assert.Equal("0 threads left", Child.Run(new Dictionary<string, string>(), Child.Fault, fault, _folder)[^1]);
    }

    [LinuxFact, SupportedOSPlatform("linux")]
    public void AReadOnlyFolderIsFoundBeforeTheFirstStep()
    {
        // A user with all rights may write to any folder but the kernel's.
        string folder = Environment.IsPrivilegedProcess ? "/sys" : _folder;
        if (!Environment.IsPrivilegedProcess) File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(PrimeMlp));
        string file = Path.Combine(folder, "run.safetensors");
        var batches = new FloatBatches(network.Description.Input, 7, new float[29], new int[1], batchSize: 1);
        var trainer = new Trainer(network, new Adam(1e-3f)) { Checkpoint = file };

        foreach (Action write in new Action[] { () => trainer.Run(batches, 1), () => network.Save(file) })
            Assert.Contains(file, Assert.ThrowsAny<IOException>(write).Message, StringComparison.Ordinal);

        Assert.Equal(0u, network.Step);
        if (!Environment.IsPrivilegedProcess)
            File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task DisposeWaitsForAStepOfAnotherThread()
    {
        NeuralNetwork network = DeclaredNetworks.Create(nameof(PrimeMlp), batchSize: 64, threads: 3);
        using ManualResetEventSlim started = new(), mayEnd = new();
        var source = new SlowSource(64, () =>
        {
            started.Set();
            mayEnd.Wait();
        });
        Task<StepResult> step = Task.Run(() => network.TrainStep(source, new Adam(1e-3f)));
        started.Wait();

        Task disposal = Task.Run(network.Dispose);
        Assert.NotSame(disposal, await Task.WhenAny(disposal, Task.Delay(100)));
        mayEnd.Set();
        await disposal;

        Assert.Equal(64, (await step).Count);
        Assert.Equal(1u, network.Step);
        Assert.Throws<ObjectDisposedException>(() => network.TrainStep(source, new Adam(1e-3f)));
    }

    /// <summary>A second call is refused at once; the results of the others are those of calls one after the other.</summary>
    [Fact]
    public void ThreadsThatShareANetworkTakeTurnsOrAreRefused()
    {
        const int Threads = 4, Attempts = 500;
        using NeuralNetwork shared = DeclaredNetworks.Create(nameof(PrimeMlp), batchSize: 64, threads: 2),
            alone = DeclaredNetworks.Create(nameof(PrimeMlp), batchSize: 64, threads: 1);
        Adam optimizer = new(1e-3f), other = new(1e-3f);
        float[] images = [.. Enumerable.Range(0, 64 * 29).Select(i => i % 17 / 17f)];
        int[] labels = [.. Enumerable.Range(0, 64).Select(i => i % 7)];
        int taken = 0;
        ConcurrentBag<Exception> unexpected = [];
        Thread[] callers = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < Attempts; i++)
            {
                try
                {
                    shared.TrainStep(images, labels, optimizer);
                    Interlocked.Increment(ref taken);
                }
                catch (InvalidOperationException refusal)
                    when (refusal.Message.Contains("is in use by another call", StringComparison.Ordinal))
                {
                }
                catch (Exception error)
                {
                    unexpected.Add(error);
                }
            }
        }))];
        foreach (Thread caller in callers) caller.Start();
        foreach (Thread caller in callers) caller.Join();

        Assert.Empty(unexpected);
        Assert.InRange(taken, 1, Threads * Attempts);
        Assert.Equal((uint)taken, shared.Step);
        for (int i = 0; i < taken; i++) alone.TrainStep(images, labels, other);
        Assert.Equal(alone.Parameters.SelectMany(parameter => parameter.Values.ToArray()),
            shared.Parameters.SelectMany(parameter => parameter.Values.ToArray()));
    }

    private sealed class SlowSource(int count, Action load) : BatchSource
    {
        public override Shape Shape => new(29);

        public override int Classes => 7;

        public override int Count => count;

        public override int First => 0;

        public override void Start(int epoch) { }

        public override bool MoveNext() => false;

        public override int Label(int image) => 0;

        public override void Load(int first, Span<float> lanes)
        {
            lanes.Clear();
            load();
        }
    }
}
