using NoiseGen.Tests.Declared;

namespace NoiseGen.Tests.Properties;

/// <summary>
/// PyTorch's default for convolutions and dense layers: weights (Kaiming-uniform with a = √5) and biases are uniform in ±1/√fan_in.
/// </summary>
public class InitialisationTests
{
    [Theory]
    [InlineData(nameof(LeNet5Clean))]
    [InlineData(nameof(ManyChannels))]
    [InlineData(nameof(PrimeMlp))]
    public void ParametersAreUniformWithinTheirBounds(string name)
    {
        using NeuralNetwork network = DeclaredNetworks.Create(name);
        foreach (Stage stage in network.Stages)
        {
            double bound = 1 / Math.Sqrt((double)stage.Weights.Values.Length / stage.Biases.Values.Length);
            AssertUniform(stage.Weights, bound);
            AssertUniform(stage.Biases, bound);
        }
    }

    /// <summary>Weights N(0, 2 / fan_out), where fan_out is outputs × kernel; everything else stays.</summary>
    [Fact]
    public void KaimingNormalIsPyTorchs()
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(LeNet5Clean), seed: 7),
            again = DeclaredNetworks.Create(nameof(LeNet5Clean), seed: 7);
        float[][] biases = [.. network.Stages.Select(stage => stage.Biases.Values.ToArray())];
        network.DrawKaimingNormal();
        again.DrawKaimingNormal();
        int[] fanOut = [6 * 25, 16 * 25, 120, 84, 10];
        foreach ((int index, Stage stage) in network.Stages.Index())
        {
            double[] values = [.. stage.Weights.Values.ToArray().Select(weight => weight / Math.Sqrt(2.0 / fanOut[index]))];
            Assert.InRange(values.Average(), -5 / Math.Sqrt(values.Length), 5 / Math.Sqrt(values.Length));
            Assert.InRange(values.Average(g => g * g), 1 - 5 * Math.Sqrt(2.0 / values.Length), 1 + 5 * Math.Sqrt(2.0 / values.Length));
            Assert.True(values.Max(Math.Abs) > 2); // a uniform distribution of this variance ends at √3
            Assert.Equal(biases[index], stage.Biases.Values);
            Assert.Equal(again.Stages[index].Weights.Values, stage.Weights.Values);
        }
    }

    [Fact]
    public void TheSeedDecidesTheParameters()
    {
        using NeuralNetwork first = DeclaredNetworks.Create(nameof(LeNet5Clean), seed: 7, batchSize: 4, threads: 1);
        using NeuralNetwork again = DeclaredNetworks.Create(nameof(LeNet5Clean), seed: 7, batchSize: 50, threads: 3);
        using NeuralNetwork other = DeclaredNetworks.Create(nameof(LeNet5Clean), seed: 8);
        using NeuralNetwork farther = DeclaredNetworks.Create(nameof(LeNet5Clean), seed: 7 + (1ul << 32));
        for (int p = 0; p < first.Parameters.Count; p++)
        {
            Assert.Equal(first.Parameters[p].Values, again.Parameters[p].Values);
            Assert.NotEqual(first.Parameters[p].Values.ToArray(), other.Parameters[p].Values.ToArray());
            Assert.NotEqual(first.Parameters[p].Values.ToArray(), farther.Parameters[p].Values.ToArray());
        }
    }

    [Fact]
    public void NoTwoTensorsBeginAlike()
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(LeNet5Clean));
        float[] first = [.. network.Stages.SelectMany(stage => new[] { Unit(stage, stage.Weights), Unit(stage, stage.Biases) })];
        Assert.Equal(first.Length, first.Distinct().Count());
    }

    // The first value as a fraction of its bound.
    private static float Unit(Stage stage, Parameter parameter) =>
        parameter.Values[0] * MathF.Sqrt((float)stage.Weights.Values.Length / stage.Biases.Values.Length);

    private static void AssertUniform(Parameter parameter, double bound)
    {
        double[] values = [.. parameter.Values.ToArray().Select(value => value / bound)];
        int n = values.Length;
        Assert.InRange(values.Max(Math.Abs), 0, 1 + 1e-6);

        // In units of the bound the variance is 1/3, that of the mean 1/3n, that of the squares' mean (1/5 − 1/9)/n: five standard
        // deviations.
        Assert.InRange(values.Average(), -5 * Math.Sqrt(1 / (3.0 * n)), 5 * Math.Sqrt(1 / (3.0 * n)));
        double deviation = 5 * Math.Sqrt((1 / 5.0 - 1 / 9.0) / n);
        Assert.InRange(values.Average(value => value * value), 1 / 3.0 - deviation, 1 / 3.0 + deviation);

        // The chance that no value comes nearer to the bound than 10/n of it is e⁻¹⁰ for large n.
        if (n >= 100) Assert.InRange(values.Max(Math.Abs), 1 - 10.0 / n, 1 + 1e-6);
    }
}
