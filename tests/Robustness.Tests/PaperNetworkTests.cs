using Harden;

namespace NoiseGen.Tests;

/// <summary>
/// The sample networks are those of the papers' authors (UniHD-CEG/VANT, walking-noise):
/// as many parameters and noise sites. docs/results/networks.md has the same table.
/// </summary>
public class PaperNetworkTests
{
    // Counted from the authors' files by hand and by a script, layer by layer; learned scales of quantizers are not among the parameters.
    // A site is a use of a noise operator: ResNet-18 has 33 of them, of which eight serve both ReLUs of a block.
    public static TheoryData<string, string, int, int> Counts => new()
    {
        { "lenet5", nameof(LeNet5Gray), 44_426, 12 },
        { "lenet5", nameof(LeNet5Color), 62_006, 12 },
        { "lenet5-max", nameof(LeNet5MaxPoolGray), 44_426, 12 },
        { "lenet5-max", nameof(LeNet5MaxPoolColor), 62_006, 12 },
        { "lenet5-bn", nameof(LeNet5BatchNormGray), 44_878, 16 },
        { "lenet5-bn", nameof(LeNet5BatchNormColor), 62_458, 16 },
        { "lenet5-qat", nameof(LeNet5QatGray), 44_416, 12 },
        { "lenet5-qat", nameof(LeNet5QatColor), 61_996, 12 },
        { "mlp", nameof(MlpGray), 336_650, 11 },
        { "mlp", nameof(MlpColor), 922_378, 11 },
        { "tfc", nameof(TfcGray), 59_210, 8 },
        { "tfc", nameof(TfcColor), 205_642, 8 },
        { "tfc-bn", nameof(TfcBatchNormGray), 59_594, 11 },
        { "tfc-bn", nameof(TfcBatchNormColor), 206_026, 11 },
        { "cnn-s", nameof(CnnS), 205_414, 8 },
        { "vgg11", nameof(Vgg11), 28_144_010, 27 },
        { "vgg11-bn", nameof(Vgg11BatchNorm), 28_149_514, 35 },
        { "vgg11-qat", nameof(Vgg11Qat), 28_144_000, 27 },
        { "resnet18", nameof(ResNet18), 11_177_866, 41 },
        { "resnet18-qat", nameof(ResNet18Qat), 11_186_432, 41 },
        { "densenet121", nameof(DenseNet121), 1_062_276, 245 },
        { "densenet", nameof(DenseNet), 141_442, 35 },
    };

    [Theory]
    [MemberData(nameof(Counts))]
    public void Parameters_and_sites_are_as_many_as_the_authors(string network, string name, int parameters, int sites)
    {
        NetworkDescription description =
            Catalogue.All.Single(entry => entry.Name == network).Classes.Single(one => one.Description.Name == name).Description;

        Assert.Equal(parameters, description.Parameters.Where(
            parameter => !parameter.Name.EndsWith(".quantizer.maximum", StringComparison.Ordinal)).Sum(parameter => parameter.Count));
        Assert.Equal(sites, description.NoiseSites.Length);
    }

    [Fact]
    public void No_network_of_the_catalogue_is_left_out() => Assert.Equal(
        Catalogue.All.SelectMany(entry => entry.Classes).Select(one => one.Description.Name).Order(StringComparer.Ordinal),
        Counts.Select(row => (string)row[1]).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(nameof(LeNet5Gray), 11_282)]
    [InlineData(nameof(LeNet5Color), 17_674)]
    [InlineData(nameof(Vgg11), 353_802)]
    [InlineData(nameof(ResNet18), 411_146)]
    [InlineData(nameof(ResNet18Qat), 105_482)]
    [InlineData(nameof(DenseNet121), 223_235)]
    public void An_image_draws_as_many_samples_as_the_authors(string name, int samples) =>
        Assert.Equal(samples, Catalogue.All.SelectMany(entry => entry.Classes)
            .Single(one => one.Description.Name == name).Description.NoiseSites.Sum(site => site.Shape.Count));

    /// <summary>VGG_QAT: convolutions from N(0, 2 / fan_out), dense layers from N(0, 0.01²), no biases.</summary>
    [Fact]
    public void Vgg_starts_as_the_authors_do()
    {
        using NeuralNetwork network = Started(NetworkChoice.Vgg11Qat);
        Assert.Equal(MathF.Sqrt(2f / (512 * 9)), Deviation(network, "Conv6.weight"), 2e-4f);
        Assert.Equal(0.01f, Deviation(network, "Hidden2.weight"), 1e-4f);
        Assert.All(network.Parameters.Where(parameter => parameter.Name.EndsWith(".bias", StringComparison.Ordinal)),
            parameter => Assert.Equal(0f, Deviation(network, parameter.Name)));
    }

    /// <summary>DenseNet: convolutions from N(0, 2 / fan_in), the last layer's weights as PyTorch draws them, without biases.</summary>
    [Fact]
    public void DenseNet_starts_as_the_authors_do()
    {
        using NeuralNetwork network = Started(NetworkChoice.DenseNet121);
        Assert.Equal(MathF.Sqrt(2f / (3 * 49)), Deviation(network, "Stem.weight"), 4e-3f);
        Assert.Equal(MathF.Sqrt(2f / 394), Deviation(network, "Transition3.weight"), 1e-3f);
        Assert.Equal(1 / MathF.Sqrt(3 * 389), Deviation(network, "Logits.weight"), 1e-3f);
        Assert.Equal(0f, Deviation(network, "Logits.bias"));
    }

    private static NeuralNetwork Started(NetworkChoice network) => Catalogue.Of(network).Create(
        SyntheticJob.Settings with { Network = network, Data = DataChoice.Cifar10, Batch = 1, Threads = 1 }, seed: 1, Rounding.None);

    private static float Deviation(NeuralNetwork network, string parameter)
    {
        float[] values = network.Parameters.Single(one => one.Name == parameter).Values.ToArray();
        double mean = values.Average(value => (double)value);
        return (float)Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
