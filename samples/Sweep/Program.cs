using NoiseGen;
using NoiseGen.Sweeps;

var digits = new Lazy<DataSplit>(() => Digits.Create(seed: 1, train: 4096, test: 1024)); // only in processes that train
var cells =
    from sigma in new[] { 0f, 0.25f, 0.5f, 1f } from seed in new ulong[] { 1, 2, 3 } select new SweepCell(("sigma", sigma), ("seed", seed));
return Sweep.Run(args, cells, run =>
{
    using var net = new LeNet5(run.Cell.Value<ulong>("seed"), threads: run.Threads);
    var trainer = new Trainer(net, new Adam(1e-3f)) { Noise = NoiseSchedule.Constant(run.Cell.Value<float>("sigma")) };
    run.Train(trainer, new BatchLoader(digits.Value.Train, 128) { Shuffle = true }, epochs: 4);
    RobustnessCurve curve = Robustness.Sweep(net, new BatchLoader(digits.Value.Test, 128), cancellation: run.Cancellation);
    return new SweepRow(
        ("accuracy", curve.NoiseFreeAccuracy), ("midpoint", curve.TryGetMidpoint(out MidpointFit? fit, out _) ? fit.Mu : null));
});
