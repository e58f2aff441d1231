using System.Globalization;
using Embedded;
using NoiseGen;

// Trains a small network twice on digits that the program draws itself, without and with noise,
// and prints how well each of the two withstands noise.
const int Epochs = 20, Batch = 128, Repeats = 3;
const float TrainSigma = 0.2f;
float[] sigmas = [0.1f, 0.2f, 0.4f, 0.8f, 1.6f];

DataSplit digits = Digits.Create(seed: 1, train: 6000, test: 2000);
RobustnessCurve clean = Train(0f), noisy = Train(TrainSigma);

Console.WriteLine($"{"noise σ",-10}{"trained clean",16}{"trained noisy",16}");
Console.WriteLine(Row("0", clean.NoiseFreeAccuracy, noisy.NoiseFreeAccuracy));
foreach ((RobustnessPoint left, RobustnessPoint right) in clean.Points.Zip(noisy.Points))
    Console.WriteLine(Row(left.Sigma.ToString(CultureInfo.InvariantCulture), left.Mean, right.Mean));

RobustnessCurve Train(float sigma)
{
    using var network = new SmallNet(seed: 1, batchSize: Batch);
    var trainer =
        new Trainer(network, new Adam(4e-3f)) { Noise = NoiseSchedule.Constant(sigma), LearningRate = LearningRateSchedule.Cosine() };
    trainer.Run(new BatchLoader(digits.Train, Batch) { Shuffle = true }, Epochs);
    return Robustness.Sweep(network, new BatchLoader(digits.Test, Batch), sigmas, Repeats);
}

static string Row(string sigma, double clean, double noisy) =>
    string.Create(CultureInfo.InvariantCulture, $"{sigma,-10}{100 * clean,14:F1} %{100 * noisy,14:F1} %");
