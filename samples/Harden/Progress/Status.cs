using Harden.Report;
using NoiseGen;

namespace Harden.Progress;

/// <summary>Progress in words.</summary>
internal static class Status
{
    public static string Of(TrainingProgress step) =>
        FormattableString.Invariant($"epoch {step.Epoch}/{step.Epochs}  loss {step.Loss:0.000}  {Numbers.Percent(step.Accuracy)}  ")
        + FormattableString.Invariant($"{step.ImagesPerSecond:#,0} img/s  {Numbers.Time(step.TimeLeft)} left");

    /// <summary>What fits beside a name and a bar into 80 columns.</summary>
    public static string Short(TrainingProgress step) => FormattableString.Invariant(
        $"epoch {step.Epoch}/{step.Epochs}  {Numbers.Percent(step.Accuracy)}  {Numbers.Time(step.TimeLeft)} left");

    /// <summary>Likewise.</summary>
    public static string Short(VariantResult result) =>
        $"{Numbers.Percent(result.Curve.NoiseFreeAccuracy)}, "
            + $"{(result.Midpoint is { } midpoint ? $"µ = {Numbers.Midpoint(midpoint)}" : "no midpoint")}";

    public static string Of(SweepProgress step) => FormattableString.Invariant(
        $"sweep {step.Evaluation}/{step.Evaluations}  σ {step.Sigma:0.###}  accuracy {Numbers.Percent(step.Accuracy)}");

    public static string Of(VariantResult result) =>
        $"{Numbers.Percent(result.Curve.NoiseFreeAccuracy)} "
            + $"without noise, midpoint {(result.Midpoint is { } midpoint ? $"µ = {Numbers.Midpoint(midpoint)}" : "not found")}";
}
