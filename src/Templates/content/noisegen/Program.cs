using Hardening;
using NoiseGen;

// Trains a network without and with noise, sweeps the evaluation noise, and writes the results to report.md.
const int Epochs = 10, BatchSize = 128;
const float TrainSigma = 0.5f;

// Digits that the library draws itself. Mnist.Load(folder) and Cifar10.Load(folder) read real data.
DataSplit digits = Digits.Create(seed: 1, train: 8192, test: 2048);
BatchLoader test = new(digits.Test, BatchSize);

using LeNet5 clean = Train(0f), noisy = Train(TrainSigma);
Console.WriteLine(noisy.Summary());

RobustnessCurve[] curves = [Robustness.Sweep(clean, test), Robustness.Sweep(noisy, test)];
Report.Write("report.md", ["trained clean", $"trained with σ = {TrainSigma}"], curves);
noisy.Save("noisy.safetensors");
Console.WriteLine($"µ = {Report.Midpoint(curves[0])} trained clean, {Report.Midpoint(curves[1])} trained with noise.");
Console.WriteLine("See report.md and noisy.safetensors for more.");

LeNet5 Train(float sigma)
{
    var network = new LeNet5(seed: 1);
    var trainer = new Trainer(network, new Adam(1e-3f))
    {
        Noise = NoiseSchedule.Constant(sigma),
        LearningRate = LearningRateSchedule.Cosine(),
    };
    trainer.Progress = step =>
    {
        if (!step.IsEpochEnd) return;
        double accuracy = network.Evaluate(test).Accuracy;
        Console.WriteLine($"σ = {sigma}, epoch {step.Epoch}: loss {step.Loss:F3}, test {accuracy:P1}");
    };
    trainer.Run(new BatchLoader(digits.Train, BatchSize) { Shuffle = true }, Epochs);
    return network;
}
