using NoiseGen.Tests.Declared;

namespace NoiseGen.Tests.Properties;

/// <summary>Every misuse has one clear exception, and leaves the network unchanged.</summary>
public sealed class ErrorTests : IDisposable
{
    private const int BatchSize = 4;
    private const int Pixels = 2 * 8 * 7;
    private const int Classes = 3;

    private readonly NeuralNetwork _network = DeclaredNetworks.Create(nameof(Everything), batchSize: BatchSize);
    private readonly Sgd _optimizer = new(learningRate: 0.1f);

    public void Dispose() => _network.Dispose();

    public static TheoryData<int, int[], string> WrongBatches => new()
    {
        { 0, [], "images" },
        { Pixels - 1, [0], "images" },
        { Pixels + 1, [0], "images" },
        { (BatchSize + 1) * Pixels, [0, 1, 2, 0, 1], "images" },
        { 2 * Pixels, [0], "labels" },
        { 2 * Pixels, [0, 1, 2], "labels" },
        { 2 * Pixels, [0, Classes], "labels" },
        { 2 * Pixels, [-1, 0], "labels" },
        { 2 * Pixels, [0, int.MinValue], "labels" },
    };

    [Theory]
    [MemberData(nameof(WrongBatches))]
    public void WrongBatch(int values, int[] labels, string parameter)
    {
        float[] images = new float[values];
        Assert.Throws<ArgumentException>(parameter, () => { _network.TrainStep(images, labels, _optimizer); });
        Assert.Throws<ArgumentException>(parameter, () => { _network.ComputeGradients(images, labels); });
        AssertWorksAsNew();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(Pixels + 1, Classes)]
    public void WrongImages(int values, int logits)
    {
        Assert.Throws<ArgumentException>("images", () => _network.Forward(new float[values], new float[logits]));
        Assert.Throws<ArgumentException>("images", () => { _network.Evaluate(new float[values], new int[1]); });
        AssertWorksAsNew();
    }

    [Theory]
    [InlineData(Classes - 1)]
    [InlineData(Classes + 1)]
    public void WrongRoomForLogits(int logits) =>
        Assert.Throws<ArgumentException>("logits", () => _network.Forward(new float[Pixels], new float[logits]));

    [Fact]
    public void WrongLabelsOfAnEvaluation()
    {
        Assert.Throws<ArgumentException>("labels", () => { _network.Evaluate(new float[2 * Pixels], [0]); });
        Assert.Throws<ArgumentException>("labels", () => { _network.Evaluate(new float[2 * Pixels], [0, Classes]); });
    }

    [Fact]
    public void MessagesNameWhatWasFoundAndWhatIsAllowed()
    {
        var wrongLabel = Assert.Throws<ArgumentException>(() => { _network.ComputeGradients(new float[2 * Pixels], [0, 17]); });
        Assert.Contains("17", wrongLabel.Message);
        Assert.Contains("0 … 2", wrongLabel.Message);

        var tooMany = Assert.Throws<ArgumentException>(() => { _network.ComputeGradients(new float[5 * Pixels], new int[5]); });
        Assert.Contains("5", tooMany.Message);
        Assert.Contains("1 … 4", tooMany.Message);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(1, -1)]
    [InlineData(1, 1025)]
    public void WrongSizes(int batchSize, int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DeclaredNetworks.Create(nameof(Everything), 1, batchSize, threads));

    [Fact]
    public void NoOptimizer() => Assert.Throws<ArgumentNullException>(() => { _network.TrainStep(new float[Pixels], [0], null!); });

    [Fact]
    public void ASourceOfOtherImagesOrTooManyClasses()
    {
        var otherShape = new FloatBatches(new(3, 3, 3), Classes, new float[27], new int[1], batchSize: 1);
        var moreClasses = new FloatBatches(new(2, 8, 7), Classes + 1, new float[Pixels], new int[1], batchSize: 1);
        var largerBatch = new FloatBatches(new(2, 8, 7), Classes, new float[5 * Pixels], new int[5], batchSize: 5);
        foreach (FloatBatches source in new[] { otherShape, moreClasses, largerBatch })
        {
            Assert.True(source.MoveNext());
            Assert.Throws<ArgumentException>("batches", () => { _network.TrainStep(source, _optimizer); });
            Assert.Throws<ArgumentException>("batches", () => { _network.Evaluate(source); });
        }

        AssertWorksAsNew();
    }

    // Robustness is measured by accuracy.
    [Fact]
    public void RobustnessOfTargets()
    {
        var source = new TroubledSource(1, _ => { }) { GivenTargets = Classes };
        Assert.Contains("targets", Assert.Throws<ArgumentException>("test", () => Robustness.Sweep(_network, source, [1f], 1)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("test", () => Robustness.Divergence(_network, source, [1f], 1));
        _network.Parameters[1].Values[0] = float.NaN;
        Assert.Contains(_network.Parameters[1].Name, Assert.Throws<ArgumentException>(
            "network", () => Robustness.Sweep(_network, new TroubledSource(1, _ => { }))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(
            "devices", () => Robustness.SweepDevices(_network, new TroubledSource(1, _ => { }), devices: 0));
    }

    [Fact]
    public void LoadingAFolder() => Assert.Contains(
        Path.GetTempPath(), Assert.Throws<CheckpointException>(() => _network.Load(Path.GetTempPath())).Message, StringComparison.Ordinal);

    [Fact]
    public void ASourceWithoutACurrentBatch()
    {
        var source = new FloatBatches(new(2, 8, 7), Classes, new float[Pixels], new int[1], batchSize: 1);
        Assert.Throws<ArgumentException>("batches", () => { _network.TrainStep(source, _optimizer); });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void ASourceThatFails(int threads)
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(Everything), batchSize: 100, threads: threads);
        var source = new TroubledSource(100, first => throw new InvalidDataException($"Image {first} is missing."));

        Assert.Throws<InvalidDataException>(() => { network.TrainStep(source, _optimizer); });

        Assert.Equal(0u, network.Step);
        Assert.Equal(1, network.ComputeGradients(new float[Pixels], [0]).Count);
    }

    [Fact]
    public void ASecondCallerAtTheSameTime()
    {
        var source = new TroubledSource(
            2, _ => Assert.Throws<InvalidOperationException>(() => _network.Forward(new float[Pixels], new float[Classes])));

        Assert.Equal(2, _network.TrainStep(source, _optimizer).Count);
        Assert.True(source.Loads > 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void DisposedOfFromInsideACall(int threads)
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(Everything), batchSize: 100, threads: threads);
        var source = new TroubledSource(100, _ => Assert.Throws<InvalidOperationException>(network.Dispose));

        Assert.Equal(100, network.TrainStep(source, _optimizer).Count);
    }

    [Fact]
    public void ALabelOfASourceThatIsNoClass()
    {
        var source = new TroubledSource(2, _ => { }) { Labels = Classes };
        var error = Assert.Throws<ArgumentException>(() => { _network.TrainStep(source, _optimizer); });
        Assert.Contains($"image 0 is {Classes}; allowed are 0 … {Classes - 1}", error.Message, StringComparison.Ordinal);
        AssertWorksAsNew();
    }

    [Fact]
    public void AWrongLabelBehindTheFirstBatchIsNamedByItsPlace()
    {
        int[] labels = [0, 0, 0, 0, 0, 0, -1];
        var error = Assert.Throws<ArgumentException>("labels", () => { _network.Evaluate(new float[labels.Length * Pixels], labels); });
        Assert.Contains("image 6 is -1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASourceWithNothingToEvaluate() =>
        Assert.Throws<ArgumentException>("batches", () => { _network.Evaluate(new TroubledSource(1, _ => { })); });

    [Fact]
    public void AnOptimizerOfAnotherNetwork()
    {
        using NeuralNetwork other = DeclaredNetworks.Create(nameof(Everything), batchSize: BatchSize);
        other.TrainStep(new float[Pixels], [0], _optimizer);
        Assert.Throws<ArgumentException>("optimizer", () => { _network.TrainStep(new float[Pixels], [0], _optimizer); });
        AssertWorksAsNew();
    }

    // Divergence shows in the loss, whatever operations come in between.
    [Theory]
    [InlineData(nameof(PerChannelMlp))]
    [InlineData(nameof(LeNet5Both))]
    [InlineData(nameof(LeNet5Clean))]
    public void NotANumberReachesTheLoss(string name)
    {
        using NeuralNetwork network = DeclaredNetworks.Create(name, batchSize: BatchSize);
        foreach (Parameter parameter in network.Parameters) parameter.Values[^1] = float.NaN;
        Assert.True(float.IsNaN(network.ComputeGradients(new float[network.Description.Input.Count], [0]).Loss));
    }

    /// <summary>Anywhere in a block, also in the second one: refused before anything is computed with it, naming its position.</summary>
    [Theory]
    [InlineData(1, float.NaN, 0, 0)]
    [InlineData(1, float.PositiveInfinity, 3, Pixels - 1)]
    [InlineData(3, float.NegativeInfinity, 31, 57)]
    [InlineData(3, float.NaN, 39, 60)]
    public void APixelThatIsNoFiniteNumber(int threads, float value, int image, int pixel)
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(Everything), batchSize: 40, threads: threads);
        float[] images = new float[40 * Pixels], logits = new float[40 * Classes];
        images[image * Pixels + pixel] = value;
        int[] labels = new int[40];
        var source = new FloatBatches(new(2, 8, 7), Classes, images, labels, batchSize: 40);
        Assert.True(source.MoveNext());
        string message =
            $"Image {image} has the value {value} at channel {pixel / 56}, row {pixel / 7 % 8}, column {pixel % 7}; "
                + "allowed are finite numbers.";
        foreach (Action call in new Action[]
        {
            () => network.TrainStep(images, labels, _optimizer), () => network.TrainStep(source, _optimizer),
            () => network.ComputeGradients(images, labels),
            () => network.Evaluate(images, labels), () => network.Evaluate(source), () => network.Forward(images, logits),
        })
        {
            Assert.Equal(message, Assert.Throws<ArgumentException>(call).Message);
        }

        Assert.Equal(0u, network.Step);
        images[image * Pixels + pixel] = 1f;
        Assert.Equal(40, network.TrainStep(images, labels, _optimizer).Count);
    }

    [Fact]
    public void APixelBehindTheFirstBatchIsNamedByItsPlace()
    {
        float[] images = new float[7 * Pixels];
        images[6 * Pixels] = float.NaN;
        Assert.StartsWith(
            "Image 6 has", Assert.Throws<ArgumentException>(() => _network.Evaluate(images, new int[7])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASourceThatLeavesNoZerosInLanesWithoutImages()
    {
        var source = new TroubledSource(2, _ => { }) { Rest = float.NaN };
        Assert.Contains("leaves NaN in a lane past",
            Assert.Throws<ArgumentException>(() => { _network.TrainStep(source, _optimizer); }).Message, StringComparison.Ordinal);
        AssertWorksAsNew();
    }

    [Fact]
    public void ATargetThatIsNoFiniteNumber()
    {
        float[] images = new float[2 * Pixels], targets = [0, 0, 0, 0, float.NaN, 0];
        foreach (Action call in new Action[]
        {
            () => _network.TrainStep(images, targets, _optimizer), () => _network.ComputeGradients(images, targets),
            () => _network.Evaluate(images, targets),
        })
        {
            Assert.Equal("Target 1 of image 1 is NaN; allowed are finite numbers.", Assert.Throws<ArgumentException>(call).Message);
        }

        AssertWorksAsNew();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Classes - 1)]
    [InlineData(Classes + 1)]
    [InlineData(100_000)]
    public void ASourceWithAnotherNumberOfTargetsThanItSays(int targets)
    {
        var source = new TroubledSource(2, _ => { }) { GivenTargets = targets };
        Assert.Contains($"has {targets} targets",
            Assert.Throws<ArgumentException>(() => { _network.TrainStep(source, _optimizer); }).Message, StringComparison.Ordinal);
        AssertWorksAsNew();
    }

    /// <summary>Memory is allocated for as many images as were counted first.</summary>
    [Theory]
    [InlineData(100_000)]
    [InlineData(0)]
    public void ASourceThatChangesItsMind(int laterCount)
    {
        int asked = 0;
        var source = new TroubledSource(2, _ => { }) { Recount = () => ++asked > 1 ? laterCount : 2 };
        Assert.Throws<ArgumentException>("batches", () => { _network.TrainStep(source, _optimizer); });
        AssertWorksAsNew();

        asked = -1;
        Assert.Equal(2, _network.TrainStep(source, _optimizer).Count);
    }

    [Fact]
    public void ABatchThatDoesNotFitIntoMemory()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            "batchSize", () => DeclaredNetworks.Create(nameof(LeNet5Clean), batchSize: int.MaxValue));
        Assert.Contains("images are the most", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UseAfterDispose()
    {
        _network.Dispose();
        _network.Dispose();
        Assert.Throws<ObjectDisposedException>(() => { _network.TrainStep(new float[Pixels], [0], _optimizer); });
        Assert.Throws<ObjectDisposedException>(() => { _network.ComputeGradients(new float[Pixels], [0]); });
        Assert.Throws<ObjectDisposedException>(() => { _network.Evaluate(new float[Pixels], [0]); });
        Assert.Throws<ObjectDisposedException>(() => _network.Forward(new float[Pixels], new float[Classes]));
        Assert.Contains(_network.Parameters[0].Values.ToArray(), value => value != 0);
    }

    // The step is still the first, and yields the gradients of an untouched network.
    private void AssertWorksAsNew()
    {
        using NeuralNetwork other = DeclaredNetworks.Create(nameof(Everything), batchSize: BatchSize);
        float[] images = [.. Enumerable.Range(0, Pixels).Select(i => i / 100f)];
        Assert.Equal(0u, _network.Step);
        Assert.Equal(other.ComputeGradients(images, [1]), _network.ComputeGradients(images, [1]));
        for (int p = 0; p < other.Parameters.Count; p++)
        {
            Assert.Equal(other.Parameters[p].Values, _network.Parameters[p].Values);
            Assert.Equal(other.Parameters[p].Gradients, _network.Parameters[p].Gradients);
        }
    }

    /// <summary>One batch of black images, and an action that runs whenever a block of them is read.</summary>
    private sealed class TroubledSource(int count, Action<int> trouble) : BatchSource
    {
        private int _loads;

        public int Loads => _loads;

        public int Labels { get; init; }

        public override Shape Shape => new(2, 8, 7);

        public override int Classes => ErrorTests.Classes;

        /// <summary>What the lanes past the last image hold.</summary>
        public float Rest { get; init; }

        /// <summary>Targets of each image, whose number is said to be that of the network's outputs; null for labels.</summary>
        public int? GivenTargets { get; init; }

        public Func<int> Recount { get; init; } = () => count;

        public override int Count => Recount();

        public override int First => 0;

        public override void Start(int epoch) { }

        public override bool MoveNext() => false;

        public override int Label(int image) => Labels;

        public override int Targets => GivenTargets is null ? 0 : ErrorTests.Classes;

        public override ReadOnlySpan<float> Target(int image) => new float[GivenTargets!.Value];

        public override void Load(int first, Span<float> lanes)
        {
            Interlocked.Increment(ref _loads);
            for (int i = 0; i < lanes.Length; i++) lanes[i] = i % 32 < count ? 0f : Rest;
            trouble(first);
        }
    }
}
