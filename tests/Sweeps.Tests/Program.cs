using System.Globalization;

namespace NoiseGen.Sweeps.Tests;

/// <summary>A program that runs a sweep of tiny networks, as users write them; its settings are environment variables.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        int cells = Number("SWEEP_CELLS", 6), epochs = Number("SWEEP_EPOCHS", 3), pause = Number("SWEEP_PAUSE", 0);
        var data = new Lazy<DataSplit>(() => Digits.Create(seed: 1, train: 128, test: 64));
        return Sweep.Run(arguments, Enumerable.Range(0, cells)
            .Select(seed => new SweepCell(("sigma", seed % 2 == 0 ? 0f : 0.25f), ("seed", (ulong)seed))), Train);

        SweepRow Train(CellRun run)
        {
            ulong seed = run.Cell.Value<ulong>("seed");
            if (seed == (ulong)Number("SWEEP_FAILS", -1)) throw new InvalidOperationException("It is asked to fail.");
            if (seed == (ulong)Number("SWEEP_KILLED", -1)) Environment.FailFast("It is asked to end.");
            if (seed == (ulong)Number("SWEEP_STUCK", -1))
            {
                run.Cancellation.WaitHandle.WaitOne();
                run.Cancellation.ThrowIfCancellationRequested();
            }

            using var network = new TinyNet(seed, 64, Math.Max(1, run.Threads));
            var trainer = new Trainer(network, new Adam(1e-2f))
                { Noise = NoiseSchedule.Constant(run.Cell.Value<float>("sigma")), Progress = _ => Thread.Sleep(IsSlow() ? pause : 0) };
            run.Train(trainer, new BatchLoader(data.Value.Train, 64) { Shuffle = true, Seed = seed }, epochs);
            return new SweepRow(("accuracy", network.Evaluate(new BatchLoader(data.Value.Test, 64)).Accuracy), ("weight",
                network.Logits.Weights.Values[0]));
        }
    }

    // While that file exists; always if there is no name.
    private static bool IsSlow() => Environment.GetEnvironmentVariable("SWEEP_SLOW") is not { Length: > 0 } file || File.Exists(file);

    private static int Number(string name, int standard) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int number) ? number : standard;
}

[Network(1, 28, 28)]
[Noise<Additive>(Sites.Input)]
internal sealed partial class TinyNet
{
    [AvgPool(4)] public partial Stage Pool { get; }

    [Dense(10)] public partial Stage Logits { get; }
}
