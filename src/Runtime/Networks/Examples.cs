namespace NoiseGen;

/// <summary>Images in a caller's spans, with their labels, with the targets of a regression, or with neither.</summary>
internal readonly ref struct Examples
{
    /// <summary>Image × channel × row × column.</summary>
    public ReadOnlySpan<float> Images { get; private init; }

    /// <summary>A class for each image.</summary>
    public ReadOnlySpan<int> Labels { get; private init; }

    /// <summary>The target outputs, image × output.</summary>
    public ReadOnlySpan<float> Targets { get; private init; }

    public bool HasLabels { get; private init; }

    public bool HasTargets { get; private init; }

    public static Examples Of(ReadOnlySpan<float> images) => new() { Images = images };

    public static Examples WithLabels(ReadOnlySpan<float> images, ReadOnlySpan<int> labels) =>
        new() { Images = images, Labels = labels, HasLabels = true };

    public static Examples WithTargets(ReadOnlySpan<float> images, ReadOnlySpan<float> targets) =>
        new() { Images = images, Targets = targets, HasTargets = true };
}
