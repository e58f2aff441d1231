using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NoiseGen.Tests.Properties;

namespace NoiseGen.Tests;

/// <summary>LeNet-5 for digits, with all that training draws.</summary>
[Network(1, 28, 28)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 8, Scale = 0.05f)]
internal sealed partial class LeNet5Digits
{
    [Conv2d(6, 5, Padding = 2), Relu, AvgPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, AvgPool(2)] public partial Stage Conv2 { get; }
    [Dense(120), Relu] public partial Stage Hidden1 { get; }
    [Dense(84), Relu] public partial Stage Hidden2 { get; }
    [Dense(10)] public partial Stage Logits { get; }
}

/// <summary>
/// Trainings of LeNet-5 that are killed at random moments until they complete, compared bit by bit with undisturbed ones, for any length of
/// time: <c>dotnet run -c Release --project tests/Network.Tests -- kill-run MINUTES</c>. Exits with 1 at the first difference.
/// </summary>
internal static class KillRun
{
    public const string Name = "kill-run", Training = "kill-run-training";

    private const int Epochs = 8;

    private static readonly string[] s_optimizers = ["adam", "adamw", "momentum"];

    public static int Run(double minutes)
    {
        string folder = Directory.CreateTempSubdirectory("noisegen").FullName;
        Dictionary<string, string> expected =
            s_optimizers.ToDictionary(name => name, name => End(name, Path.Combine(folder, $"whole-{name}.safetensors")));
        foreach ((string optimizer, string digest) in expected) Console.WriteLine($"{optimizer}, undisturbed: {digest}");
        var random = new Random(Environment.ProcessId);
        var clock = Stopwatch.StartNew();
        (int rounds, int kills, int within) = (0, 0, 0);
        for (; clock.Elapsed < TimeSpan.FromMinutes(minutes); rounds++)
        {
            string optimizer = s_optimizers[rounds % s_optimizers.Length], file = Path.Combine(folder, "run.safetensors");
            (int roundKills, int roundWithin, string digest) = Round(optimizer, file, random);
            (kills, within) = (kills + roundKills, within + roundWithin);
            string result = $"{optimizer}: {roundKills} kills, {roundWithin} of them within an epoch, {digest}";
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{clock.Elapsed:hh\\:mm\\:ss} round {rounds + 1}, {result}"));
            if (digest != expected[optimizer])
            {
                Console.WriteLine($"DIFFERENT from {expected[optimizer]}; the files are in {folder}.");
                return 1;
            }

            File.Delete(file);
        }

        Directory.Delete(folder, recursive: true);
        Console.WriteLine(
            $"{rounds} trainings, {kills} kills, {within} of them within an epoch: all ended with the bits of the undisturbed ones.");
        return 0;
    }

    /// <summary>Trains to the end, from the checkpoint if there is one, and prints a digest of the network.</summary>
    public static void Train(string optimizer, string checkpoint)
    {
        using var network = new LeNet5Digits(seed: 7, batchSize: 64);
        var batches = new BatchLoader(Digits.Create(seed: 3, train: 4_000, test: 10).Train, 64) { Shuffle = true, Seed = 5 };
        var trainer = new Trainer(network, ResumeTests.Make(optimizer))
        {
            Noise = NoiseSchedule.Ramp(0.3f, rampEpochs: 3).With(ImageSigma.HalfNormal(1f, 0.1f)),
            LearningRate = LearningRateSchedule.Cosine(),
            Checkpoint = checkpoint,
            CheckpointEvery = TimeSpan.FromMilliseconds(100),
        };
        TrainingHistory history = trainer.Run(batches, Epochs);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Parameter parameter in network.Parameters) hash.AppendData(MemoryMarshal.AsBytes(parameter.Values));
        foreach (EpochResult epoch in history.Epochs) hash.AppendData(BitConverter.GetBytes(epoch.Loss));
        Console.WriteLine(
            $"{Convert.ToHexString(hash.GetHashAndReset())[..16]} "
                + $"after a loss of {history.Epochs[^1].Loss.ToString("F4", CultureInfo.InvariantCulture)}");
    }

    private static (int Kills, int Within, string Digest) Round(string optimizer, string file, Random random)
    {
        (int kills, int within) = (0, 0);
        while (true)
        {
            using Process child = Child.Start(new Dictionary<string, string>(), Training, optimizer, file);
            if (child.WaitForExit(random.Next(100, 4000))) return (kills, within, child.StandardOutput.ReadToEnd().Trim());
            child.Kill();
            child.WaitForExit();
            kills++;
            if (IsWithinAnEpoch(file)) within++;
        }
    }

    private static bool IsWithinAnEpoch(string file)
    {
        if (!File.Exists(file)) return false;
        using var network = new LeNet5Digits(seed: 7, batchSize: 1, threads: 1);
        network.Load(file);
        return network.Step % 63 != 0; // 4,000 images in batches of 64
    }

    private static string End(string optimizer, string file) => Child.Run(new Dictionary<string, string>(), Training, optimizer, file)[^1];
}
