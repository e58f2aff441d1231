using NoiseGen.Tests.Reference;

namespace NoiseGen.Tests.Oracle;

/// <summary>The oracle, compared with numbers worked out by hand or published by the definitions' sources.</summary>
public class GoldenValueTests
{
    private static readonly ImageNoise NoNoise = default;

    [Fact]
    public void WeightQuantizer()
    {
        double[] weights = [0.5, -0.25, 0.1, -0.03];
        var quantizer = new ReferenceWeightQuantizer(new(Bits: 4, PerChannel: false), channels: 1);

        // s = 1/14; w/s = 7, −3.5, 1.4, −0.42; q = 7, −4 (half to even), 1, 0; Σ(q − w/s) = −0.48, and 1 − 0.48/7 = 0.9314286.
        AssertClose([0.5, -4 / 14.0, 1 / 14.0, 0], quantizer.Forward(weights));
        AssertClose([1 - 0.48 / 7, 1, 1, 1], quantizer.Backward(weights, [1, 1, 1, 1]));
    }

    [Fact]
    public void TiesForTheLargestWeight()
    {
        double[] weights = [-0.5, 0.1, 0.5, 0.5];
        double[] upstream = [2, 3, 5, 7];

        // 4 bits: w/s = −7, 1.4, 7, 7, and only the second is rounded: the gradient through the scale is 3·(1 − 1.4)/7.
        double share = 3 * (1 - 1.4) / 7;
        double[] shared = new ReferenceWeightQuantizer(new(4, PerChannel: false), channels: 1).Backward(weights, upstream);
        AssertClose([2 - share / 3, 3, 5 + share / 3, 7 + share / 3], shared);

        double[] first = new ReferenceWeightQuantizer(new(4, PerChannel: true), channels: 1).Backward(weights, upstream);
        AssertClose([2 - share, 3, 5, 7], first);
    }

    [Fact]
    public void EachChannelHasAScaleOfItsOwn()
    {
        var quantizer = new ReferenceWeightQuantizer(new(Bits: 2, PerChannel: true), channels: 3);

        // 2 bits: q is −1, 0 or 1; a channel of zeros stays zero.
        AssertClose([1, 0, 1, -8, 8, 0, 0, 0, 0], quantizer.Forward([1, 0.4, 0.6, -8, 5, 3, 0, 0, 0]));
    }

    [Theory]
    [InlineData(4, 1f, new[] { 0, 0, 0, 1, 2, 2, 4, 15, 15, 15 })]
    [InlineData(8, 1f, new[] { 0, 0, 0, 1, 1, 2, 4, 15, 20, 255 })]
    [InlineData(8, 0.25f, new[] { 0, 1, 2, 4, 6, 10, 16, 58, 80, 255 })]
    public void ActivationQuantizer(int bits, float scale, int[] levels)
    {
        double[] x = [-1, 0.2, 0.5, 1, 1.5, 2.5, 3.9, 14.6, 20, 300];
        var quantizer =
            new ActivationQuantizerOperation(new(bits, scale, false)) { Step = new ActivationQuantizer(new(bits, scale, false), "").Step };

        AssertClose([.. levels.Select(level => level * quantizer.Step)], quantizer.Forward(x, NoNoise));
    }

    [Fact]
    public void ActivationQuantizerPassesTheGradientBetweenZeroAndTheLastLevel()
    {
        var quantizer = new ActivationQuantizerOperation(new(Bits: 4, Scale: 1f, Signed: false)) { Step = 1 };

        AssertClose([0, 0, 3, 4, 5, 0, 0], quantizer.Backward([-1, 0, 0.1, 15, 15.4, 15.6, 300], [1, 2, 3, 4, 5, 6, 7], NoNoise, []));
    }

    /// <summary>
    /// Brevitas' learned scale after its start: s = 0.1, x/s = −5, 1, 4.9, 10, 12.6, 70; Σ(q − x/s inside, 15 above) = 0.1 + 0.4 + 15.
    /// </summary>
    [Fact]
    public void LearnedScale()
    {
        double[][] x = [[-0.5, 0.1, 0.49, 1, 1.26, 7]];
        var quantizer =
            new LearnedScaleOperation(new(Bits: 4, Scale: 1f, Signed: false), maximum: 0, steps: 0) { Maximum = 1.5, CollectedSteps = 300 };
        double[][] gradients = [[0]];

        AssertClose([0, 0.1, 0.5, 1, 1.3, 1.5], quantizer.Evaluate(x)[0]);
        AssertClose([0, 1, 1, 1, 1, 0], quantizer.Backward(x, [[1, 1, 1, 1, 1, 1]], gradients)[0]);
        AssertClose([1.033333], [Math.Round(gradients[0][0], 6)]);
    }

    /// <summary>While the scale is collected, the largest of these few values is the percentile, and receives the gradient.</summary>
    [Fact]
    public void CollectedScale()
    {
        double[][] x = [[-0.5, 0.1], [0.49, 1.5]];
        var quantizer = new LearnedScaleOperation(new(Bits: 4, Scale: 1f, Signed: false), maximum: 0, steps: 0) { Maximum = 7 };
        double[][] gradients = [[0]];

        // s = 0.1; q − x/s = 0, 0 and 0.1, 0.
        double[][] dx = quantizer.Backward(x, [[1, 1], [1, 1]], gradients);
        AssertClose([0, 1], dx[0]);
        AssertClose([1, 1 + 0.1 / 15], dx[1]);
        AssertClose([0], gradients[0]);
        AssertClose([1.5], [quantizer.After(x)]);
        quantizer.CollectedSteps = 1;
        AssertClose([0.9 * 7 + 0.15], [quantizer.After(x)]);
    }

    /// <summary>
    /// Silence is collected as 1e-10, and the gradient passes through the clamp: s = 1e-10/15, every value above 0 lies above the largest
    /// level, and dv = Σ g.
    /// </summary>
    [Fact]
    public void ScaleOfASilentStage()
    {
        var quantizer = new LearnedScaleOperation(new(Bits: 4, Scale: 1f, Signed: false), maximum: 0, steps: 0) { Maximum = 7 };
        double[][] gradients = [[0]];
        AssertClose([0, 0], quantizer.Backward([[0, 0]], [[1, 2]], gradients)[0]);
        Assert.Equal(1e-10, quantizer.After([[0, 0]]));

        (quantizer.Maximum, quantizer.CollectedSteps) = (0, 300);
        AssertClose([0, 0], quantizer.Backward([[0.5, 3]], [[1, 2]], gradients)[0]);
        AssertClose([3], gradients[0]);
        (quantizer.Maximum, gradients[0][0]) = (-1e-12, 0);
        quantizer.Backward([[0.5, 3]], [[1, 2]], gradients);
        AssertClose([-3], gradients[0]);
    }

    [Theory]
    [InlineData(4, 1f, 1.875, new[] { -8, -8, -8, -7, -4, -1, 0, 0, 1, 7, 7, 7 })]
    [InlineData(8, 0.25f, 0.5, new[] { -128, -34, -32, -28, -15, -3, 0, 1, 4, 28, 29, 127 })]
    public void SignedActivationQuantizer(int bits, float scale, double step, int[] levels)
    {
        double[] x = [-300, -16.9, -15.9, -14, -7.4, -1.4, 0, 0.7, 1.9, 14, 14.6, 300];
        ActivationQuantizerDescription description = new(bits, scale, Signed: true);
        var quantizer = new ActivationQuantizerOperation(description) { Step = new ActivationQuantizer(description, "").Step };

        Assert.Equal(step, quantizer.Step);
        AssertClose([.. levels.Select(level => level * step)], quantizer.Forward(x, NoNoise));
    }

    [Fact]
    public void SignedActivationQuantizerPassesTheGradientBetweenItsOutermostLevels()
    {
        var quantizer = new ActivationQuantizerOperation(new(Bits: 4, Scale: 1f, Signed: true)) { Step = 1 };

        AssertClose([0, 2, 3, 4, 5, 6, 0], quantizer.Backward([-8.6, -8.4, -0.1, 0, 7, 7.4, 7.6], [1, 2, 3, 4, 5, 6, 7], NoNoise, []));
    }

    [Fact]
    public void BatchNorm()
    {
        BatchNormOperation norm = TwoChannelNorm();
        double[][] x = [[1, 3, 10, 10], [5, 7, 10, 18]];

        // Channel 0: 1, 3, 5, 7: mean 4, biased variance 5, with ε = 4 the deviation 3.
        // Channel 1: 10, 10, 10, 18: mean 12, variance 12, deviation 4.
        double[][] y = norm.Train(x);

        AssertClose([1 - 3 / 3.0, 1 - 1 / 3.0, -5 - 2 / 4.0, -5 - 2 / 4.0], y[0]);
        AssertClose([1 + 1 / 3.0, 1 + 3 / 3.0, -5 - 2 / 4.0, -5 + 6 / 4.0], y[1]);
    }

    [Fact]
    public void BatchNormKeepsRunningStatistics()
    {
        BatchNormOperation norm = TwoChannelNorm();
        (norm.RunningMean, norm.RunningVariance) = ([8, 0], [1, 2]);

        // A quarter of the batch's: means 4 and 12, and 5·4/3 and 12·4/3, the unbiased variances of four values.
        norm.UpdateRunning([[1, 3, 10, 10], [5, 7, 10, 18]]);

        AssertClose([7, 3], norm.RunningMean);
        AssertClose([0.75 + 5 / 3.0, 1.5 + 4], norm.RunningVariance);

        // Evaluation uses nothing else, whatever the batch.
        (norm.RunningMean, norm.RunningVariance) = ([1, 2], [5, 12]);
        AssertClose([1 + 3 / 3.0, 1 - 1.5 / 3, -5 + 0, -5 + 4 / 4.0], norm.Evaluate([[4, -0.5, 2, 6]])[0]);
    }

    [Fact]
    public void BatchNormOfOneValueKeepsItsRunningStatistics()
    {
        ParameterDescription none = new("", [2], 0);
        var norm = new BatchNormOperation(new(Epsilon: 4f, Momentum: 0.25f, none, none, none, none), first: 0, new(2, 1, 1))
            { RunningMean = [8, 0], RunningVariance = [1, 2] };
        norm.UpdateRunning([[1, 3]]);
        AssertClose([8, 0], norm.RunningMean);
        AssertClose([1, 2], norm.RunningVariance);
    }

    [Fact]
    public void BatchNormBackward()
    {
        BatchNormOperation norm = TwoChannelNorm();
        double[][] gradients = [[0, 0], [0, 0]];

        // Channel 0: x̂ = −1, −1/3, 1/3, 1; Σdy = 9, Σdy·x̂ = −1 + 0 + 2/3 + 6 = 17/3; dx = γ/3·(dy − 9/4 − x̂·17/12) with γ = 1.
        double[][] dx = norm.Backward([[1, 3, 10, 10], [5, 7, 10, 18]], [[1, 0, 0, 0], [2, 6, 0, 0]], gradients);

        AssertClose([17 / 3.0, 0], gradients[0]);
        AssertClose([9, 0], gradients[1]);
        AssertClose([(1 - 9 / 4.0 + 17 / 12.0) / 3, (0 - 9 / 4.0 + 17 / 36.0) / 3, 0, 0], dx[0]);
        AssertClose([(2 - 9 / 4.0 - 17 / 36.0) / 3, (6 - 9 / 4.0 - 17 / 12.0) / 3, 0, 0], dx[1]);
    }

    // ε = 4, momentum ¼; γ = 1 and 1, β = 1 and −5; maps of one row of two pixels.
    private static BatchNormOperation TwoChannelNorm()
    {
        ParameterDescription none = new("", [2], 0);
        var norm = new BatchNormOperation(new(Epsilon: 4f, Momentum: 0.25f, none, none, none, none), first: 0, new(2, 1, 2));
        norm.Load([[1, 1], [1, -5]]);
        return norm;
    }

    [Fact]
    public void DepthwiseConvolution()
    {
        // Two groups of one channel with two outputs each, on single pixels.
        var conv = new ConvolutionOperation(
            0, new(Channels: 4, new(1, 1, 1, 1, 0, 0), Groups: 2, HasBiases: false), new(2, 1, 1), new(4, 1, 1));
        conv.Load([[10, 20, 30, 40]]);

        AssertClose([30, 60, 210, 280], conv.Forward([3, 7], NoNoise));
    }

    [Fact]
    public void DropoutKeepsItsShareAndTheMean()
    {
        var dropout = new DropoutOperation(stage: 3, new(10, 20, 25), rate: 0.25f);
        double[] ones = [.. Enumerable.Repeat(1.0, 5000)];

        double[] y = dropout.Forward(ones, new(new(Seed: 1, Draw: 2, Evaluation: false), Image: 3));

        // Five standard deviations of the mean of 5000 values 4/3 with probability ¾: 5·√((4/3 − 1)/5000) = 0.041.
        Assert.All(y, value => Assert.True(value == 0 || value == 4 / 3.0));
        Assert.InRange(y.Average(), 1 - 0.041, 1 + 0.041);
        Assert.NotEqual(y, dropout.Forward(ones, new(new(Seed: 1, Draw: 2, Evaluation: false), Image: 4)));
        Assert.Equal(ones, dropout.Forward(ones, new(new(Seed: 1, Draw: 2, Evaluation: true), Image: 3)));
    }

    [Fact]
    public void MeanSquaredError()
    {
        // (1² + 3²) / 2, and 2·(z − t) / 2.
        double[] targets = [1, 5];
        Assert.Equal(5, ReferenceLoss.Loss([2, 2], targets), 1e-12);
        AssertClose([1, -3], ReferenceLoss.Gradient([2, 2], targets));
    }

    [Fact]
    public void Convolution()
    {
        // One channel, 3×3 map, 2×2 kernel, stride 2, padding 1: the windows' corners are the map's corners and its centre.
        var conv = new ConvolutionOperation(
            0, new(Channels: 1, new(2, 2, 2, 2, 1, 1), Groups: 1, HasBiases: true), new(1, 3, 3), new(1, 2, 2));
        conv.Load([[10, 20, 30, 40], [0.5]]);

        double[] y = conv.Forward([1, 2, 3, 4, 5, 6, 7, 8, 9], NoNoise);

        AssertClose(
            [
                0.5 + 40 * 1,
                0.5 + 30 * 2 + 40 * 3,
                0.5 + 20 * 4 + 40 * 7,
                0.5 + 10 * 5 + 20 * 6 + 30 * 8 + 40 * 9,
            ], y);
    }

    [Fact]
    public void MaxPoolGivesTheGradientToTheFirstOfEquals()
    {
        var pool = new MaxPoolOperation(new(PoolKind.Max, new(2, 2, 1, 1, 1, 1), CountPadding: true), new(1, 1, 2), new(1, 2, 3));

        // The map is one row of two equal, negative numbers; padding would win if it were zero.
        AssertClose([-3, -3, -3, -3, -3, -3], pool.Forward([-3, -3], NoNoise));
        AssertClose([1 + 2 + 4 + 5, 3 + 6], pool.Backward([-3, -3], [1, 2, 3, 4, 5, 6], NoNoise, []));
    }

    [Theory]
    [InlineData(true, 4)]
    [InlineData(false, 1)]
    public void AveragePoolDividesByTheWindowOrByWhatIsInside(bool countPadding, int cornerDivisor)
    {
        var pool = new AveragePoolOperation(new(PoolKind.Average, new(2, 2, 2, 2, 1, 1), countPadding), new(1, 2, 2), new(1, 2, 2));

        AssertClose(
            [8.0 / cornerDivisor, 4.0 / cornerDivisor, 2.0 / cornerDivisor, 1.0 / cornerDivisor], pool.Forward([8, 4, 2, 1], NoNoise));
    }

    [Fact]
    public void CrossEntropyOfTwoClasses()
    {
        // softmax(ln 3, 0) = (3/4, 1/4).
        Assert.Equal(Math.Log(4), ReferenceLoss.Loss([Math.Log(3), 0], 1), 1e-12);
        AssertClose([0.75, -0.75], ReferenceLoss.Gradient([Math.Log(3), 0], 1));
    }

    /// <summary>PyTorch: CrossEntropyLoss(label_smoothing=0.1) of the logits (ln 3, 0, 0) and label 1.</summary>
    [Fact]
    public void SmoothedCrossEntropy()
    {
        // softmax = (3/5, 1/5, 1/5), expected (1/30, 28/30, 1/30): −Σ expected·ln softmax = ln 5 − ln 3/30.
        Assert.Equal(Math.Log(5) - Math.Log(3) / 30, ReferenceLoss.Loss([Math.Log(3), 0, 0], 1, 0.1), 1e-12);
        AssertClose([17 / 30.0, -22 / 30.0, 5 / 30.0], ReferenceLoss.Gradient([Math.Log(3), 0, 0], 1, 0.1));
    }

    /// <summary>Means and variances from the kinds' definitions, for the value 3: the factor of multiplicative noise has mean 1.</summary>
    [Theory]
    [InlineData(nameof(Additive), NoiseForm.Additive, 3, 0.25)]
    [InlineData(nameof(Multiplicative), NoiseForm.Scaling, 3, 9 * 0.25)]
    [InlineData(nameof(Combined), NoiseForm.Combined, 3, 9 * 0.16 + 0.01)]
    [InlineData(nameof(CombinedAdditiveFirst), NoiseForm.Combined, 3, 9 * 0.16 + 0.01 * 1.16)]
    public void NoiseHasTheMomentsOfItsDefinition(string kind, NoiseForm form, double mean, double variance)
    {
        const int Count = 50 * 50 * 40;
        var noise = new NoiseOperation(new("Conv1.Linear", 0, Sites.Linear, new(40, 50, 50), kind, form), index: 3)
            { EvaluationSigma = 0.5, AdditiveShare = 0.2 };
        double[] x = [.. Enumerable.Repeat(3.0, Count)], y = noise.Forward(x, new(new(Seed: 1, Draw: 2, Evaluation: true), Image: 4));
        Assert.InRange(y.Average(), mean - 5 * Math.Sqrt(variance / Count), mean + 5 * Math.Sqrt(variance / Count));
        double found = y.Average(value => (value - mean) * (value - mean));
        Assert.InRange(found, variance * (1 - 8 * Math.Sqrt(2.0 / Count)), variance * (1 + 8 * Math.Sqrt(2.0 / Count)));
    }

    [Fact]
    public void OptimizersTakeTheStepsOfTheirDefinitions()
    {
        double[][] sgd = [[1.0]];
        var momentum = new ReferenceSgd(learningRate: 0.1, momentum: 0.5);
        momentum.Step(sgd, [[2.0]]);
        momentum.Step(sgd, [[4.0]]);
        Assert.Equal(1 - 0.1 * 2 - 0.1 * (0.5 * 2 + 4), sgd[0][0], 1e-12);

        // Adam's first step is the learning rate against the gradient's sign, whatever the gradient's magnitude.
        double[][] adam = [[1.0, 1.0]];
        new ReferenceAdam(learningRate: 0.1).Step(adam, [[2.0, -1e-3]]);
        AssertClose([0.9, 1.1], adam[0], 1e-5);
    }

    private static void AssertClose(double[] expected, double[] actual, double tolerance = 1e-12)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance);
    }
}
