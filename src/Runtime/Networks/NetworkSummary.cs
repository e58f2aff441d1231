using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>What <see cref="NeuralNetwork.Summary"/> prints.</summary>
internal static class NetworkSummary
{
    /// <summary>The table of the stages, with the current bits of their quantizers.</summary>
    public static string Table(NeuralNetwork network) => DescriptionTable.Of(network.Description, [.. network.Stages.Select(Quantizers)]);

    /// <summary>What a stage quantizes, with the bits in use.</summary>
    public static string Quantizers(Stage stage) => DescriptionTable.Quantizers(
        stage.Description,
        stage.Description.WeightQuantizer is null ? 0 : stage.WeightQuantizer.Bits,
        stage.Description.ActivationQuantizer is null ? 0 : stage.Quantizer.Bits,
        stage.Description.ActivationQuantizer is not null && stage.Quantizer.IsLearned);

    /// <summary>The memory of a batch and its breakdown, in two lines.</summary>
    /// <param name="memory">The memory plan.</param>
    /// <param name="batchSize">The largest number of images in a step.</param>
    /// <param name="threads">Threads that share a step.</param>
    public static string Memory(NetworkMemory memory, int batchSize, int threads)
    {
        long blocks = ((long)batchSize + LaneLayout.Lanes - 1) / LaneLayout.Lanes;
        long work = WorkMemory.Floats(memory, (int)blocks, threads), shared = work - blocks * memory.BlockFloats;
        long weights = 2L * memory.ParameterFloats + memory.StatisticsFloats;
        return $"A batch of {batchSize} takes {Size(work + (long)threads * memory.ScratchFloats)}: "
            + $"{blocks} × {Size(memory.BlockFloats)} for {LaneLayout.Lanes} images each, where buffers of "
            + $"{Size(memory.BufferFloats)} share the memory of those that are not needed at the same time, "
            + $"{threads} × {Size(memory.ScratchFloats)} that a thread works in, and "
            + $"{Size(shared)} for weights in the order that the loops read and for sums of their gradients.\n"
            + $"The weights take {Size(weights)}: parameters, gradients and statistics; an optimizer adds its own.\n";
    }

    /// <summary>A warning line if the network's generated code is compiled without optimization; otherwise empty.</summary>
    /// <param name="assembly">The network's assembly.</param>
    public static string Build(Assembly assembly) => assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true }
        ? $"{assembly.GetName().Name} is built without optimization, as a Debug build is: its networks take many times as long as those "
            + $"of a Release build.\n"
        : "";

    private static string Size(long floats)
    {
        double kibibytes = floats * sizeof(float) / 1024.0;
        return kibibytes < 1024
            ? kibibytes.ToString("N0", CultureInfo.InvariantCulture) + " KiB"
            : (kibibytes / 1024).ToString("N1", CultureInfo.InvariantCulture) + " MiB";
    }
}
