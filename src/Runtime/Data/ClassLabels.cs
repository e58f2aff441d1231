namespace NoiseGen;

/// <summary>The check of labels at the public API, done once.</summary>
internal static class ClassLabels
{
    /// <exception cref="ArgumentException">A label is not 0 … <paramref name="classes"/> − 1.</exception>
    public static void Check(ReadOnlySpan<int> labels, int classes)
    {
        int wrong = labels.IndexOfAnyExceptInRange(0, classes - 1);
        if (wrong >= 0)
            throw new ArgumentException($"The label of image {wrong} is {labels[wrong]}; allowed are 0 … {classes - 1}.", nameof(labels));
    }
}
