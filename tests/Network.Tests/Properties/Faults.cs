namespace NoiseGen.Tests.Properties;

/// <summary>
/// What can happen to a training from outside. Each fault reports clearly what happened and leaves the earlier checkpoint intact and the
/// network usable; a run that is resumed afterwards ends with the same bits as an undisturbed one.
/// </summary>
internal static class Faults
{
    private const int Epochs = 3, FaultyEpoch = 2, FaultyBatch = 4;

    private const string FullDisk = "a disk that takes no more";

    public static readonly Dictionary<string, Action<string>> All = new()
    {
        [FullDisk] = folder => Recovers<IOException>(
            folder, "too large", new()
            {
                Happens = (_, _) => FileSizeLimit.Set(bytes: 1000),
                Ends = _ => FileSizeLimit.Set(FileSizeLimit.None),
            }),
        ["a place that is taken"] = folder => Recovers<IOException>(
            folder, "found a folder at", new()
            {
                Happens = (file, _) => Directory.CreateDirectory(Temporary(file)),
                Ends = file => Directory.Delete(Temporary(file)),
            }),
        ["a folder that is gone"] = folder => Recovers<IOException>(folder, "Could not find a part of the path", new()
        {
            Happens = (file, _) => Directory.Move(Path.GetDirectoryName(file)!, Path.GetDirectoryName(file) + " gone"),
            Ends = file => Directory.Move(Path.GetDirectoryName(file) + " gone", Path.GetDirectoryName(file)!),
        }),
        ["progress that throws"] = folder => Recovers<InvalidDataException>(
            folder, "Out of luck.", new() { Happens = (_, _) => throw new InvalidDataException("Out of luck.") }),
        ["a schedule that throws"] =
            folder => Recovers<InvalidDataException>(folder, "No sigma for epoch 1.", new() { Noise = new FaultySchedule() }),
        ["a source that throws"] =
            folder => Recovers<InvalidDataException>(folder, "Image 64 is missing.", new() { Source = source => new FaultySource(source) }),
        ["a network that is disposed of"] =
            folder => Recovers<ObjectDisposedException>(folder, nameof(Resumed), new() { Happens = (_, network) => network.Dispose() }),
    };

    /// <summary>Those that this system can cause.</summary>
    public static IEnumerable<string> Possible => All.Keys.Where(fault => fault != FullDisk || OperatingSystem.IsLinux());

    private static string Temporary(string file) => Path.Combine(Path.GetDirectoryName(file)!, $".{Path.GetFileName(file)}.tmp");

    private static void Recovers<TException>(string folder, string message, Fault fault)
        where TException : Exception
    {
        string file = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "checkpoints")).FullName, "run.safetensors");
        float[] expected = Parameters(network => Train(network, null, new Fault()));
        byte[] before = [];

        Parameters(network =>
        {
            var remembering = fault with
            {
                Happens = fault.Happens is null ? null : (path, one) =>
                {
                    before = File.ReadAllBytes(path);
                    fault.Happens(path, one);
                },
            };
            TException error = Assert.ThrowsAny<TException>(() => Train(network, file, remembering));
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
            if (error is IOException) Assert.Contains(file, error.Message, StringComparison.Ordinal);
            if (error is ObjectDisposedException) return;
            Assert.Equal(1, network.ComputeGradients(new float[784], [3]).Count);
        });
        fault.Ends(file);

        if (before.Length > 0) Assert.Equal(before, File.ReadAllBytes(file));
        // A lock that could not be removed is taken over by the next run.
        string[] left = Directory.GetFileSystemEntries(Path.GetDirectoryName(file)!);
        Assert.Equal([file], left.Where(one => !one.EndsWith(".lock", StringComparison.Ordinal)));
        Assert.Equal(expected, Parameters(network => Train(network, file, new Fault())));
    }

    private static float[] Parameters(Action<Resumed> train)
    {
        using var network = new Resumed(seed: 7, batchSize: 80, threads: 3);
        train(network);
        return [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
    }

    private static void Train(Resumed network, string? checkpoint, Fault fault)
    {
        var batches = new BatchLoader(Digits.Create(seed: 3, train: 480, test: 10).Train, 80) { Shuffle = true };
        var trainer = new Trainer(network, new Adam(1e-3f))
        {
            Noise = fault.Noise,
            Checkpoint = checkpoint,
            CheckpointEvery = TimeSpan.Zero,
            Progress = step =>
            {
                bool isDue = (step.Epoch, step.Batch) == (FaultyEpoch, FaultyBatch);
                if (checkpoint is not null && isDue) fault.Happens?.Invoke(checkpoint, network);
            },
        };
        trainer.Run(fault.Source(batches), Epochs);
    }

    /// <summary>What happens between two steps or elsewhere, and how it ends.</summary>
    private sealed record Fault
    {
        public Action<string, Resumed>? Happens { get; init; }

        public Action<string> Ends { get; init; } = _ => { };

        public NoiseSchedule Noise { get; init; } = NoiseSchedule.Constant(0.1f);

        public Func<BatchSource, BatchSource> Source { get; init; } = source => source;
    }

    private sealed class FaultySchedule : NoiseSchedule
    {
        public override string ToString() => Constant(0.1f).ToString()!;

        public override float SigmaAt(int epoch, int epochs) =>
            epoch + 1 < FaultyEpoch ? 0.1f : throw new InvalidDataException($"No sigma for epoch {epoch}.");
    }

    /// <summary>Fails on one of the network's own threads.</summary>
    private sealed class FaultySource(BatchSource source) : BatchSource
    {
        private int _epoch;

        public override Shape Shape => source.Shape;

        internal override IReadOnlyList<(string Name, string Value)> Settings => source.Settings;

        public override int Classes => source.Classes;

        public override int Count => source.Count;

        public override int First => source.First;

        public override void Start(int epoch) => source.Start(_epoch = epoch);

        public override bool MoveNext() => source.MoveNext();

        public override int Label(int image) => source.Label(image);

        public override void Load(int first, Span<float> lanes)
        {
            if (_epoch == FaultyEpoch - 1 && source.First == FaultyBatch * 80 && first == 64)
                throw new InvalidDataException($"Image {first} is missing.");
            source.Load(first, lanes);
        }
    }
}
