using System.Globalization;

namespace Harden;

/// <summary>What an option that is not given stands for: one thing for the four ways, another in the papers' experiments.</summary>
internal static class Defaults
{
    public const int Batch = 64;

    // arXiv 2501.14531's settings for LeNet-5, and 2212.10430's epochs on MNIST.
    public const int PapersBatch = 128;
    public const float PapersRate = 1e-3f;

    /// <summary>The grid of an experiment.</summary>
    public const string Sigmas = "0.1,0.2,0.4,0.8,1.6,3.2", Scales = "learned,0.25,0.5,1,2,4,8,16,32,64,128,256,512", Bits = "16,8,4";

    public static int Epochs(DataChoice data) => data switch
    {
        DataChoice.Digits or DataChoice.Keywords => 12,
        DataChoice.Mnist => 3,
        _ => 30,
    };

    public static int PapersEpochs(DataChoice data) => data switch
    {
        DataChoice.Cifar10 => 500,
        DataChoice.Mnist => 50,
        _ => Epochs(data),
    };

    /// <summary>The networks' learning rates, as a help text lists them.</summary>
    public static string Rates() => string.Join(
        ", ",
        Catalogue.All.GroupBy(entry => entry.LearningRate)
            .Select(rate => $"{rate.Key.ToString(CultureInfo.InvariantCulture)} for {string.Join(", ", rate.Select(entry => entry.Name))}"));
}
