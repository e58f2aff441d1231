using NoiseGen.Generator.Model;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Loops.Kernels;

/// <summary>An elementwise pass as data: what happens to four values at a time, in which order.</summary>
/// <param name="Kernel">The pass.</param>
/// <param name="Steps">What happens.</param>
/// <param name="Division">How its loop over a row's values may be divided.</param>
internal sealed record RowLoops(RowKernel Kernel, IReadOnlyList<RowStep> Steps, LoopDivision Division)
{
    /// <summary>Values of one iteration: as many as one call draws samples for.</summary>
    public const int Elements = 4;

    public static RowLoops Of(RowKernel kernel)
    {
        RowStep?[] steps =
        [
            new RowStep.Load(),
            Noise(kernel.LinearNoise, StageSite.Linear),
            kernel.HasNorm ? new RowStep.Norm() : null,
            Noise(kernel.NormNoise, StageSite.Norm),
            kernel.IsSum ? new RowStep.AddSecond() : null,
            Noise(kernel.SumNoise, StageSite.Sum),
            kernel.Activation is { } activation ? new RowStep.Activate(activation) : null,
            kernel.NoiseBeforeQuantizer ? Noise(kernel.ActivationNoise, StageSite.Activation) : null,
            kernel.Quantizer is { } quantizer
                ? new RowStep.Quantize(quantizer, quantizer.Signed || kernel.NoiseBeforeQuantizer)
                : null,
            kernel.NoiseBeforeQuantizer ? null : Noise(kernel.ActivationNoise, StageSite.Activation),
            new RowStep.Store(),
        ];
        RowStep[] all = [.. steps.OfType<RowStep>()];
        // Noise in units of a range measures the values that it meets.
        bool measures = all.OfType<RowStep.AddNoise>().Any(step => step.Noise.InRanges);
        return new(kernel, all, measures ? LoopDivision.None : new(DivisionKind.Values, Elements));
    }

    private static RowStep? Noise(NoiseStruct? noise, string site) => noise is null ? null : new RowStep.AddNoise(noise, site);
}
