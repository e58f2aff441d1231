using Harden.Report;
using NoiseGen;

namespace Harden.Progress;

/// <summary>Progress in words.</summary>
internal static class Status
{
    public static string Of(TrainingProgress step) =>
        FormattableString.Invariant(
            $"epoch {step.Epoch}/{step.Epochs}  loss {step.Loss:0.000}  accuracy {Numbers.Percent(step.Accuracy)}  ")
        + FormattableString.Invariant($"{step.ImagesPerSecond:#,0} images/s  {Numbers.Time(step.TimeLeft)} left");

    public static string Of(SweepProgress step) => FormattableString.Invariant(
        $"sweep {step.Evaluation}/{step.Evaluations}  σ {step.Sigma:0.###}  accuracy {Numbers.Percent(step.Accuracy)}");

    public static string Of(VariantResult result) =>
        $"{Numbers.Percent(result.Curve.NoiseFreeAccuracy)} "
            + $"without noise, midpoint {(result.Midpoint is { } midpoint ? $"µ = {Numbers.Midpoint(midpoint)}" : "not found")}";
}
