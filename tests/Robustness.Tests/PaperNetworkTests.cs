using Harden;

namespace NoiseGen.Tests;

/// <summary>The papers' networks have the noise sites of the authors' (UniHD-CEG/VANT, walking-noise).</summary>
public class PaperNetworkTests
{
    [Fact]
    public void Sites_are_as_many_as_the_authors()
    {
        Assert.Equal(12, LeNet5Color.Describe().NoiseSites.Length);
        Assert.Equal(12, LeNet5MaxPoolColor.Describe().NoiseSites.Length);
        Assert.Equal(16, LeNet5BatchNormColor.Describe().NoiseSites.Length);
        Assert.Equal(27, Vgg11.Describe().NoiseSites.Length);
        Assert.Equal(41, ResNet18.Describe().NoiseSites.Length); // 33 operators, of which eight serve both ReLUs of a block
    }

    [Fact]
    public void LeNet_draws_as_many_samples_as_the_authors() => Assert.Equal(17_674, LeNet5Color.Describe().NoiseSites.Sum(site => site.Shape.Count));
}
