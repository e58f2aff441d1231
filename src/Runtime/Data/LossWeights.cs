using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NoiseGen;

/// <summary>The checks of weights at the public API, done once.</summary>
internal static class LossWeights
{
    /// <summary>Weights of classes.</summary>
    /// <param name="weights">A weight for each class, or nothing.</param>
    /// <param name="classes">Number of classes; 0 if there are targets instead.</param>
    public static ImmutableArray<float> OfClasses(ImmutableArray<float> weights, int classes)
    {
        if (weights.IsDefaultOrEmpty) return [];
        if (classes == 0)
            throw new ArgumentException("There are targets and no classes to weight: weight images instead.", nameof(weights));
        if (weights.Length != classes)
            throw new ArgumentException($"{classes} classes need {classes} weights; found {weights.Length}.", nameof(weights));
        Check(weights.AsSpan(), "class");
        return weights;
    }

    /// <summary>Weights of images.</summary>
    /// <param name="weights">A weight for each image, or nothing.</param>
    /// <param name="images">Number of images.</param>
    public static ReadOnlyMemory<float> OfImages(ReadOnlyMemory<float> weights, int images)
    {
        if (weights.IsEmpty) return weights;
        if (weights.Length != images)
            throw new ArgumentException($"{images} images need {images} weights; found {weights.Length}.", nameof(weights));
        Check(weights.Span, "image");
        return weights;
    }

    /// <summary>A text that identifies the weights, for checkpoints.</summary>
    public static string Text(ImmutableArray<float> classes, ReadOnlyMemory<float> images)
    {
        List<string> parts = [];
        if (classes.Length > 0) parts.Add($"of classes {string.Join(' ', classes.Select(weight => InvariantText.Of(weight)))}");
        if (images.Length > 0)
            parts.Add($"of images, hash {Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(images.Span)))[..16]}");
        return parts.Count == 0 ? "none" : string.Join("; ", parts);
    }

    private static void Check(ReadOnlySpan<float> weights, string what)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            if (!Setting.IsNotNegative(weights[i]))
                throw new ArgumentException(
                    InvariantText.Of($"The weight of {what} {i} is {weights[i]}; allowed are finite numbers, at least 0."),
                    nameof(weights));
        }
    }
}

/// <summary>Weights that make rare classes count as much as frequent ones.</summary>
public static class BalancedWeights
{
    /// <summary>
    /// images / (classes · images of the class) for each class, as in scikit-learn's <c>class_weight="balanced"</c>: their mean over all
    /// images is 1. A class without images gets 0.
    /// </summary>
    /// <param name="labels">The class of each image, 0 … <paramref name="classes"/> − 1; at least one.</param>
    /// <param name="classes">Number of classes, at least 1.</param>
    /// <exception cref="ArgumentException">There is no label, or one is not a class.</exception>
    public static ImmutableArray<float> Of(ReadOnlySpan<int> labels, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (labels.IsEmpty) throw new ArgumentException("At least one label is needed.", nameof(labels));
        ClassLabels.Check(labels, classes);
        int[] counts = new int[classes];
        foreach (int label in labels) counts[label]++;
        int images = labels.Length;
        return [.. counts.Select(count => count == 0 ? 0f : (float)(images / ((double)classes * count)))];
    }
}
