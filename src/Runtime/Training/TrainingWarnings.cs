using System.Collections.Immutable;

namespace NoiseGen;

/// <summary>Warnings about settings that are allowed but rarely intended.</summary>
internal static class TrainingWarnings
{
    /// <summary>The warnings of a training that is about to begin.</summary>
    /// <param name="network">The network to train.</param>
    /// <param name="batches">Batches of an epoch.</param>
    /// <param name="single">Number of batches with a single image.</param>
    public static ImmutableArray<string> Of(NetworkDescription network, int batches, int single)
    {
        StageDescription[] norms = [.. network.Stages.Where(stage => stage.Norm is not null)];
        if (single == 0 || norms.Length == 0) return [];
        string found = $"{single} of the {batches} batches of an epoch {(single == 1 ? "has" : "have")} a single image.";
        string means = Array.Find(norms, norm => norm.LinearOutput is { Height: 1, Width: 1 }) is { } flat
            ? $"The batch norm of stage {flat.Name} gets one value a channel there, which has no variance: "
                + "its output is its shift alone, and its running statistics stay as they are."
            : $"The batch norm of stage {norms[0].Name} normalises by the statistics of that image alone there.";
        return [$"{found} {means} Set {nameof(BatchLoader.DropLast)} of the loader, or choose another batch size."];
    }
}
