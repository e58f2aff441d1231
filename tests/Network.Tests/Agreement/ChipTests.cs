using NoiseGen.CompilerServices;
using NoiseGen.Tests.Declared;
using NoiseGen.Tests.Reference;

namespace NoiseGen.Tests.Agreement;

/// <summary>Weights in memory cells: a chip is programmed, ages, is read and compensated as the oracle's cells are.</summary>
public class ChipTests
{
    public static TheoryData<string, double> Ages()
    {
        var cases = new TheoryData<string, double>();
        foreach (string name in new[] { nameof(PcmLeNet), nameof(MixedDevices), nameof(PcmResNet) })
        {
            foreach (double seconds in new[] { 0.0, 3600, 86400, 100_000, 31_536_000 }) cases.Add(name, seconds);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Ages))]
    public void LogitsAgree(string name, double seconds)
    {
        using var twin = new Twin(name, batchSize: 20);
        NeuralNetwork network = twin.Network;
        (network.Chip, network.Age) = (3, TimeSpan.FromSeconds(seconds));
        (network.StuckOff, network.StuckOn) = (0.02f, 0.01f);
        ReferenceChip.Follow(twin);
        AssertAgreement.Logits(twin, 20);
        network.Chip = 4;
        AssertAgreement.Logits(twin, 20);
        network.Compensation = DriftCompensation.PerColumn;
        (network.ProgrammingScale, network.DriftScale, network.ReadScale) = (0.5f, 1.5f, 2f);
        AssertAgreement.Logits(twin, 20);
    }

    [Fact]
    public void TheOracleNoticesEverySetting()
    {
        using var twin = new Twin(nameof(MixedDevices), batchSize: 20);
        NeuralNetwork network = twin.Network;
        var reference = (Age: TimeSpan.FromHours(2), Chip: 3u);
        (network.Chip, network.Age) = (reference.Chip, reference.Age);
        ReferenceChip.Follow(twin, new Dictionary<LinearOperation, double[]>());
        AssertAgreement.Logits(twin, 20);
        Action[] changes =
        [
            () => network.Chip = 4,
            () => network.Age = TimeSpan.FromHours(3),
            () => network.StuckOff = 0.2f,
            () => network.StuckOn = 0.2f,
            () => network.ProgrammingScale = 2f,
            () => network.DriftScale = 2f,
            () => network.ReadScale = 3f,
            () => network.Compensation = DriftCompensation.None,
        ];
        foreach (Action change in changes)
        {
            (network.Chip, network.Age, network.Compensation) = (reference.Chip, reference.Age, null);
            (network.StuckOff, network.StuckOn) = (0f, 0f);
            (network.ProgrammingScale, network.DriftScale, network.ReadScale) = (1f, 1f, 1f);
            change();
            Assert.Throws<DisagreementException>(() => AssertAgreement.Logits(twin, 20));
        }
    }

    [Theory]
    [InlineData(nameof(PcmLeNet))]
    [InlineData(nameof(MixedDevices))]
    [InlineData(nameof(PcmResNet))]
    public void GradientsOfStepsOnChipsAgree(string name)
    {
        using var twin = new Twin(name, batchSize: 20);
        (twin.Network.TrainsOnChips, twin.Network.StuckOff) = (true, 0.01f);
        ReferenceChip.Follow(twin, new Dictionary<LinearOperation, double[]>());
        twin.Synchronize();
        Batch batch = twin.DrawBatch(20, twin.NextStep);
        GradientTests.AssertStepAgrees(twin, batch);
        twin.Network.TrainsOnChips = false;
        Assert.Throws<DisagreementException>(() => GradientTests.AssertStepAgrees(twin, batch));
    }

    [Fact]
    public void NothingHappensUntilAChipIsProgrammed()
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(MixedDevices), batchSize: 8);
        float[] images = Images(network, 8);
        float[] ideal = Logits(network, images);
        (network.Age, network.StuckOn) = (TimeSpan.FromDays(1), 0.5f);
        Assert.Equal(ideal, Logits(network, images));
        network.Chip = 0;
        float[] chip = Logits(network, images);
        Assert.NotEqual(ideal, chip);
        network.Chip = 1;
        Assert.NotEqual(chip, Logits(network, images));
        network.Chip = 0;
        Assert.Equal(chip, Logits(network, images));
        network.Chip = null;
        Assert.Equal(ideal, Logits(network, images));
    }

    [Fact]
    public void MoreStuckCellsIncludeTheFewer()
    {
        int Stuck(float share) => Enumerable.Range(0, 10_000).Count(i => CellNoise.FaultNumber(7, 1, i, CellDraw.PositiveFault) < share);
        Assert.InRange(Stuck(0.01f), 60, 140);
        Assert.All(Enumerable.Range(0, 10_000), i => Assert.False(
            CellNoise.FaultNumber(7, 1, i, CellDraw.PositiveFault) == CellNoise.FaultNumber(7, 1, i, CellDraw.NegativeFault)));
    }

    [Fact]
    public void MistakesAreNamed()
    {
        using NeuralNetwork digital = DeclaredNetworks.Create(nameof(LeNet5Clean)), network = DeclaredNetworks.Create(nameof(PcmLeNet));
        Assert.Contains(
            "has no memory devices: declare [Device<Pcm>]", Assert.Throws<InvalidOperationException>(() => digital.Chip = 1).Message);
        Assert.Throws<InvalidOperationException>(() => digital.TrainsOnChips = true);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Age = TimeSpan.FromSeconds(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.ReadScale = float.NaN);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.DriftScale = -1f);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Compensation = (DriftCompensation)3);
        network.StuckOff = 0.25f;
        Assert.Contains("at most 0.75", Assert.Throws<ArgumentOutOfRangeException>(() => network.StuckOn = 0.8f).Message);
        Assert.Contains(
            "The weights of stage Conv1 drift as Pcm does",
            Assert.Throws<InvalidOperationException>(() => network.SetDrift(0.1f, 0f)).Message);
        Assert.Contains("Pcm", network.Summary());
        Assert.DoesNotContain("Device", digital.Summary());
    }

    private static float[] Images(NeuralNetwork network, int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count * network.Description.Input.Count).Select(_ => (float)random.Gaussian())];
    }

    private static float[] Logits(NeuralNetwork network, float[] images)
    {
        var logits = new float[images.Length / network.Description.Input.Count * network.Classes];
        network.Forward(images, logits);
        return logits;
    }
}
