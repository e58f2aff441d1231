using System.Reflection;
using System.Runtime.CompilerServices;

namespace NoiseGen.Runtime.Tests.Lifetime;

/// <summary><see cref="NeuralNetwork.Dispose"/> waits only for the running call.</summary>
public class DisposalTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task ADisposingNetworkRefusesTheNextCallAtOnce()
    {
        var network = new Tiny(seed: 1, batchSize: 64, threads: 2);
        using ManualResetEventSlim started = new(), mayEnd = new();
        var source = new WaitingSource(started, mayEnd);
        Task steps = Task.Run(() =>
        {
            var adam = new Adam(1e-3f);
            while (true) network.TrainStep(source, adam);
        });
        Assert.True(started.Wait(s_patience));
        Task disposals = Task.WhenAll(Task.Run(network.Dispose), Task.Run(network.Dispose));

        // The step continues, and nothing can start after it.
        Assert.True(SpinWait.SpinUntil(() => RefusalOf(network) is ObjectDisposedException, s_patience));
        Assert.False(disposals.IsCompleted);
        mayEnd.Set();

        await disposals.WaitAsync(s_patience);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => steps.WaitAsync(s_patience));
        Assert.Equal(1u, network.Step);
        network.Dispose();
    }

    /// <summary>Even if the network is still referenced.</summary>
    [Fact]
    public void ADisposedNetworkHasGivenUpItsMemory()
    {
        using var network = new Tiny(seed: 1, batchSize: 32, threads: 1);
        WeakReference memory = MemoryOf(network);
        Lifetimes.Collect();
        Assert.True(memory.IsAlive);

        network.Dispose();

        Lifetimes.Collect();
        Assert.False(memory.IsAlive);
        Assert.Equal(16 * 8, network.Hidden.Weights.Values.Length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference MemoryOf(NeuralNetwork network)
    {
        object engine = Field(typeof(NeuralNetwork), "_engine").GetValue(network)!;
        object memory = Field(typeof(Engine), "_memory").GetValue(engine)!;
        return new WeakReference(Field(typeof(WorkMemory), "_arena").GetValue(memory));
    }

    private static FieldInfo Field(Type type, string name) => type.GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!;

    private static Exception? RefusalOf(Tiny network) => Record.Exception(() => network.Forward(new float[8], new float[4]));

    /// <summary>Blocks in the first step until it is released.</summary>
    private sealed class WaitingSource(ManualResetEventSlim started, ManualResetEventSlim mayEnd) : BatchSource
    {
        public override Shape Shape => new(8);

        public override int Classes => 4;

        public override int Count => 64;

        public override int First => 0;

        public override void Start(int epoch) { }

        public override bool MoveNext() => false;

        public override int Label(int image) => image % 4;

        public override void Load(int first, Span<float> lanes)
        {
            lanes.Clear();
            started.Set();
            mayEnd.Wait();
        }
    }
}
