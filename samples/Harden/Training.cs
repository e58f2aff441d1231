using NoiseGen;

namespace Harden;

/// <summary>How every network is trained here.</summary>
internal static class Training
{
    /// <summary>The name of the learning-rate schedule in results files.</summary>
    public const string Schedule = "cosine by epoch";

    /// <summary>A trainer: Adam, and a cosine that lowers its learning rate from epoch to epoch, as the papers' authors train.</summary>
    public static Trainer Of(NeuralNetwork network, Settings settings, NoiseSchedule noise) => new(network, new Adam(settings.LearningRate))
    {
        Noise = noise,
        LearningRate = LearningRateSchedule.Cosine(),
    };

    /// <summary>The training data, in an order that depends on a seed.</summary>
    public static BatchLoader Batches(Settings settings, ImageDataset images, ulong seed) => new(images, settings.Batch)
    {
        Shuffle = true,
        Seed = seed,
        // Photographs may be shifted and mirrored (the augmentation of arXiv 2501.14531); a mirrored digit is no longer that digit.
        Augmentation = settings.Data == DataChoice.Cifar10
            ? new Augmentation { CropPadding = 4, HorizontalFlip = true } : Augmentation.None,
    };
}
