using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Parsing;
using NoiseGen.Generator.Planning;
using NoiseGen.Tests.RandomNetworks;
using NoiseGen.Tests.RandomNetworks.Declarations;

namespace NoiseGen.Generator.Tests.Memory;

/// <summary>
/// Buffers share memory if, according to the plan, their lives do not overlap. Here the generated text determines when each one is used,
/// and the plan has to agree: whatever the layout, no statement may find another buffer's values in its own buffer.
/// </summary>
public sealed class SharedMemoryTests
{
    public static TheoryData<string> Folders => ["tests/Network.Tests/Declared", "samples/Harden/Networks", "tests/Benchmarks/Networks"];

    private static readonly Thresholds[] Ways =
    [
        Thresholds.Default,
        new() { LeastRecomputed = 0, SharedStrip = 1 },
        new() { LeastRecomputed = 0, FewestWinogradChannels = 1, FewestOuterInputs = 1, MostMatrixInputs = 0 },
        new() { LeastRecomputed = long.MaxValue, FewestOuterInputs = int.MaxValue, NarrowStrip = 1 },
    ];

    // The output of A is recomputed in the place of the gradient of B's own.
    [Theory]
    [InlineData("Relu, MaxPool(2)")]
    [InlineData("Concat(nameof(Wide))")]
    public void AnOutputThatIsComputedOnceMoreHasAPlaceBeforeItsReadersGradientIsRead(string reader)
    {
        string source = $$"""
            [Network(3, 32, 32)]
            partial class Net
            {
                [Conv2d(8, 3, Padding = 1)]                  public partial Stage Wide { get; }
                [Conv2d(8, 3, Padding = 1), BatchNorm, Relu] public partial Stage A { get; }
                [Conv2d(8, 3, Padding = 1), {{reader}}]      public partial Stage B { get; }
                [Conv2d(4, 1), BatchNorm, Relu]              public partial Stage C { get; }
                [Dense(4)]                                   public partial Stage Logits { get; }
            }
            """;
        NetworkPlan plan = Planner.Plan(Graphs(TestCompilation.Of(source)).Single());

        Assert.True(plan.Stages[2].Backward!.RecomputesInput);
        AssertNobodyIsInTheWay(plan);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void DeclaredNetworksFindTheirOwnValues(string folder)
    {
        IEnumerable<string> files = Directory.EnumerateFiles(Path.Combine(Snapshot.RepositoryRoot, folder), "*.cs");
        string[] sources = [.. files.Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        NetworkGraph[] graphs = [.. Graphs(TestCompilation.Of(sources))];

        Assert.NotEmpty(graphs);
        foreach (NetworkGraph graph in graphs)
        {
            foreach (Thresholds thresholds in Ways) AssertNobodyIsInTheWay(Planner.Plan(graph, thresholds));
        }
    }

    [Theory]
    [InlineData(1, 300)]
    public void RandomNetworksFindTheirOwnValues(int first, int count)
    {
        NetworkModel[] models = [.. Enumerable.Range(first, count).Select(seed => NetworkDraw.Draw(seed, Feature.All))];
        string[] sources = [.. models.Select((model, i) => SourceText.Of(model, $"Drawn{i}"))];
        Dictionary<string, NetworkGraph> graphs = Graphs(TestCompilation.Of(sources)).ToDictionary(graph => graph.Class.Namespace);

        for (int i = 0; i < count; i++) AssertNobodyIsInTheWay(Planner.Plan(graphs[$"Drawn{i}"], models[i].Thresholds));
    }

    private static IEnumerable<NetworkGraph> Graphs(CSharpCompilation compilation) =>
        compilation.GetSymbolsWithName(static _ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>()
            .Where(type => type.GetAttributes().Any(AttributeReader.IsNetwork))
            .Select(type => GraphBuilder.Build(NetworkParser.Parse(type, compilation, default).Declaration!).Graph!);

    private static void AssertNobodyIsInTheWay(NetworkPlan plan)
    {
        string name = plan.Graph.Class.Name;
        AssertMeetingBuffersLieApart(plan);
        IReadOnlyList<MemoryUse> step = GeneratedStep.Of(plan);
        BufferLife[] lives = [.. BufferLife.Of(step)];
        for (int i = 0; i < lives.Length; i++)
        {
            for (int j = 0; j < i; j++) AssertShareRightly(step, lives[i], lives[j], name);
        }

        Assert.All(lives.Where(life => life.Slot.Area == Area.Scratch && life.Slot != plan.NoiseWork),
            life => AssertStaysInOneSegment(step, life, name));
        HashSet<Slot> living = [.. lives.Select(life => life.Slot)];
        Slot[] idle = [.. plan.Memory.Slots.Where(slot => slot.IsUsed && !living.Contains(slot))];
        Assert.True(idle.Length == 0,
            $"{name}: nothing uses {string.Join(", ", idle.Select(slot => $"{slot.Area} {slot.Offset}, {slot.Floats} floats"))}.");
    }

    private static void AssertShareRightly(IReadOnlyList<MemoryUse> step, BufferLife one, BufferLife other, string name)
    {
        if (one.Slot == other.Slot || one.Slot.Area != other.Slot.Area || !one.Meets(other) || one.Slot.Meets(other.Slot)) return;
        Assert.Fail($"""
            {name}: two buffers may share memory, and both are needed from here on:
            {step[Math.Max(one.First, other.First)].Statement}
            One is used here:
            {step[one.Last].Statement}
            The other here:
            {step[other.Last].Statement}
            """);
    }

    private static void AssertMeetingBuffersLieApart(NetworkPlan plan)
    {
        Slot[] slots = [.. plan.Memory.Slots.Where(slot => slot.IsUsed)];
        long End(Slot slot) => slot.Area == Area.Block ? plan.Memory.BlockFloats : plan.Memory.ScratchFloats;
        Assert.All(slots, slot => Assert.InRange(slot.Offset + slot.Floats, 1, End(slot)));
        foreach (Slot one in slots)
        {
            Assert.All(
                slots.Where(other => other != one && other.Area == one.Area && other.Meets(one)),
                other => Assert.True(one.Offset + one.Floats <= other.Offset || other.Offset + other.Floats <= one.Offset));
        }
    }

    // After a segment, a thread continues with another block, or with another share of the weights. The constants of noise are written for
    // every use.
    private static void AssertStaysInOneSegment(IReadOnlyList<MemoryUse> step, BufferLife life, string name)
    {
        MemoryUse[] uses = [.. step.Take(life.Last + 1).Skip(life.First).Where(use => use.Slots.Contains(life.Slot))];
        Assert.True(
            uses.All(use => (use.Segment, use.IsShared) == (uses[0].Segment, uses[0].IsShared)),
            $"{name}: a thread's memory is used in several segments:\n{uses[0].Statement}\n{uses[^1].Statement}");
    }
}
