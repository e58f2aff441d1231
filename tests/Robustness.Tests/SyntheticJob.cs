using Harden;

namespace NoiseGen.Tests;

/// <summary>A finished job with made-up numbers: logistic curves with a little scatter.</summary>
internal static class SyntheticJob
{
    private static readonly double[] Midpoints = [0.31, 0.27, 1.42, 1.18];
    private static readonly double[] Plateaus = [0.982, 0.976, 0.961, 0.953];

    public static Settings Settings { get; } = new(
        NetworkChoice.LeNet5, DataChoice.Digits, DataFolder: null, Epochs: 3, Sigma: 0.5f, Scale: 0.05f, Seed: 1, Threads: 0, Batch: 128,
        Repeats: 5, LearningRate: 2e-3f, Output: "out");

    public static JobResult Result { get; } = new(
        Settings, TrainImages: 8000, TestImages: 2000,
        [.. Variant.All.Select((variant, i) => Finished(variant, Midpoints[i], Plateaus[i]))], TimeSpan.FromSeconds(41));

    /// <summary>The same with three sites, of which noise at the last does nothing.</summary>
    public static JobResult WithSites { get; } = Result with
    {
        Settings = Settings with { Sites = true },
        Variants = [.. Result.Variants.Zip(Midpoints,
            (variant, mu) => variant with { Sites = [Site("Input", mu), Site("Conv1.Linear", 4 * mu), Site("Logits.Linear", 1e6)] })],
    };

    private static RobustnessCurve Site(string name, double mu) => new(
        name, Classes: 10, 0.98, Repeats: 5,
        [.. SigmaGrid.Default.Select(sigma => new RobustnessPoint(sigma, Curves.Logistic(sigma, 0.98, 0.1, mu, 2.4), 0.01))]);

    public static VariantResult Finished(Variant variant, double mu, double plateau)
    {
        var random = new Random(5);
        RobustnessPoint[] points = [.. SigmaGrid.Default.Select(sigma =>
        {
            double mean = Curves.Logistic(sigma, plateau, 0.1, mu, 2.4);
            double scatter = 0.002 + 0.08 * (mean - 0.1) * (plateau - mean);
            return new RobustnessPoint(sigma, mean + scatter * (random.NextDouble() - 0.5), scatter);
        })];
        var history = new TrainingHistory([.. Enumerable.Range(1, 3)
            .Select(epoch => new EpochResult(epoch, 1.5 / epoch, 1 - 0.5 / epoch, 2e-3f / epoch, 8000, TimeSpan.FromSeconds(1.25)))]);
        var curve = new RobustnessCurve(variant.Name, Classes: 10, plateau, Repeats: 5, [.. points]);
        return new VariantResult(
            variant, history, curve, $"Network {(variant.Quantized ? "with" : "without")} <quantizers>\nConv1  1×28×28 → 6×14×14");
    }
}
