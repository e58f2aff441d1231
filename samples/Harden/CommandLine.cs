using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Harden.Experiments;

namespace Harden;

/// <summary>The options, their ranges and their defaults.</summary>
internal sealed class CommandLine
{
    private const int MaxThreads = 1024; // far above any machine's; a typing error is found here rather than by the system

    private static readonly (string Name, NetworkChoice Value)[] Networks = [.. Catalogue.All.Select(entry => (entry.Name, entry.Network))];

    private static readonly (string Name, DataChoice Value)[] DataSets =
        [("digits", DataChoice.Digits), ("keywords", DataChoice.Keywords), ("mnist", DataChoice.Mnist), ("cifar10", DataChoice.Cifar10)];

    private static readonly (string Name, ExperimentChoice Value)[] Experiments =
    [
        ("noisy-training", ExperimentChoice.NoisyTraining), ("qat-scales", ExperimentChoice.QatScales), ("walking-noise", ExperimentChoice.WalkingNoise),
        ("variance-aware", ExperimentChoice.VarianceAware),
    ];

    // The papers' common network.
    private static readonly NetworkChoice[] s_lenets = [NetworkChoice.LeNet5, NetworkChoice.LeNet5MaxPool, NetworkChoice.LeNet5BatchNorm];

    private readonly Option<string> _network = Options.Choice("--network", "The network.", Networks);

    private readonly Option<string> _data = Options.Choice("--data", "The data; digits and keywords are drawn by the program and need no files.", DataSets);

    private readonly Option<string?> _dataFolder = new("--data-dir") { Description = "Folder with the files of mnist or cifar10.", HelpName = "folder" };

    private readonly Option<int?> _epochs = Options.Number<int>(
        "--epochs", $"Passes over the training data. [default: {Defaults.Epochs(DataChoice.Digits)} for digits and keywords, {Defaults.Epochs(DataChoice.Mnist)} for mnist, {Defaults.Epochs(DataChoice.Cifar10)} for cifar10; in an experiment {Defaults.PapersEpochs(DataChoice.Mnist)} for mnist, {Defaults.PapersEpochs(DataChoice.Cifar10)} for cifar10]", 1, 100_000);

    private readonly Option<float?> _sigma = Options.Number("--sigma", "Standard deviation of the training noise at every site.", 0f, 1000f, 0.7f);

    private readonly Option<float?> _scale = Options.Number("--scale", "Scale c of the 8-bit activation quantizers: one of their steps is about c.", 1e-6f, 1e6f, 0.05f);

    private readonly Option<ulong?> _seed = Options.Number("--seed", "Seeds parameters, data order and noise.", 0UL, ulong.MaxValue, 1UL);

    private readonly Option<int?> _threads = Options.Number("--threads", "Threads; 0 for one on each processor. The result does not depend on it.", 0, MaxThreads, 0);

    private readonly Option<int?> _batch = Options.Number<int>("--batch", $"Images in a training step. [default: {Defaults.Batch}, {Defaults.PapersBatch} in an experiment]", 1, 65_536);

    private readonly Option<int?> _repeats = Options.Number("--repeats", "Noise realisations at each level of the sweep.", 1, 1000, 5);

    private readonly Option<float?> _learningRate = Options.Number<float>(
        "--learning-rate", $"Adam's learning rate at the start; a cosine takes it to 0. [default: {Defaults.Rates()}; {Text(Defaults.PapersRate)} in an experiment]", 1e-9f, 10f);

    private readonly Option<string?> _experiment = new("--experiment")
    {
        Description = "One of the papers' experiments with LeNet-5 in the place of the four ways. It goes on where it stopped: finished cells are in its CSV file.",
        HelpName = string.Join("|", Experiments.Select(choice => choice.Name)),
    };

    private readonly Option<float[]?> _sigmas = Options.Numbers("--sigmas", "Training noise of an experiment.", Defaults.Sigmas, "numbers above 0", NumberLists.Parse);

    private readonly Option<float[]?> _bits = Options.Numbers("--bits", "Bits of an experiment's weights and activations.", Defaults.Bits, "4, 8 and 16", NumberLists.ParseBits);

    private readonly Option<float[]?> _scales = Options.Numbers(
        "--scales", "Scales c of an experiment's activation quantizers.", Defaults.Scales, $"numbers above 0 and '{NumberLists.LearnedScale}'", NumberLists.ParseScales);

    private readonly Option<int?> _seeds = Options.Number("--seeds", "Networks for each cell of an experiment's grid, with seeds from --seed on.", 1, 1000, 1);

    private readonly Option<string> _output = new("--out") { Description = "Folder for the report.", HelpName = "folder", DefaultValueFactory = _ => "out" };

    public CommandLine()
    {
        Root = new RootCommand(
            "Trains a network four ways (clean, quantized, noisy, quantized and noisy), measures how much noise each withstands, and writes a report.")
        {
            _network, _data, _dataFolder, _epochs, _sigma, _scale, _seed, _threads, _batch, _repeats, _learningRate, _output, _experiment, _sigmas,
            _bits, _scales, _seeds,
        };
        _experiment.Validators.Add(NeedLeNet);
        _data.Validators.Add(NeedDataFolder);
        _network.Validators.Add(NeedSuitableData);
    }

    public RootCommand Root { get; }

    /// <summary>Settings of a command line without errors.</summary>
    public Settings Read(ParseResult result)
    {
        DataChoice data = Value(DataSets, result.GetValue(_data));
        NetworkChoice network = Value(Networks, result.GetValue(_network));
        bool isExperiment = result.GetValue(_experiment) is not null;
        return new Settings(
            network,
            data,
            result.GetValue(_dataFolder),
            result.GetValue(_epochs) ?? (isExperiment ? Defaults.PapersEpochs(data) : Defaults.Epochs(data)),
            result.GetValue(_sigma)!.Value,
            result.GetValue(_scale)!.Value,
            result.GetValue(_seed)!.Value,
            result.GetValue(_threads)!.Value,
            result.GetValue(_batch) ?? (isExperiment ? Defaults.PapersBatch : Defaults.Batch),
            result.GetValue(_repeats)!.Value,
            result.GetValue(_learningRate) ?? (isExperiment ? Defaults.PapersRate : Catalogue.Of(network).LearningRate),
            result.GetValue(_output)!);
    }

    /// <summary>The experiment that a command line without errors asks for; null where it asks for none.</summary>
    public ExperimentSettings? ReadExperiment(ParseResult result) => result.GetValue(_experiment) is { } name
        ? new ExperimentSettings(
            Value(Experiments, name), [.. result.GetValue(_sigmas) ?? NumberLists.Parse(Defaults.Sigmas)],
            [.. (result.GetValue(_bits) ?? NumberLists.ParseBits(Defaults.Bits)).Select(bits => (int)bits)], [.. result.GetValue(_scales) ?? NumberLists.ParseScales(Defaults.Scales)],
            result.GetValue(_seeds)!.Value)
        : null;

    /// <summary>What the command line calls an experiment.</summary>
    public static string Name(ExperimentChoice experiment) => Name(Experiments, experiment);

    /// <summary>The arguments that give the same settings, every one of them written out: what a report shows, so that it can be repeated when defaults have changed.</summary>
    public static IEnumerable<string> Write(Settings settings) =>
    [
        .. WriteTraining(settings),
        "--threads", Text(settings.Threads),
        "--repeats", Text(settings.Repeats),
        "--out", settings.Output,
    ];

    /// <summary>Of these arguments, those that the trained networks depend on.</summary>
    public static IEnumerable<string> WriteTraining(Settings settings) =>
    [
        "--network", Name(Networks, settings.Network),
        "--data", Name(DataSets, settings.Data),
        .. settings.DataFolder is { } folder ? (string[])["--data-dir", folder] : [],
        "--epochs", Text(settings.Epochs),
        "--sigma", Text(settings.Sigma),
        "--scale", Text(settings.Scale),
        "--seed", Text(settings.Seed),
        "--batch", Text(settings.Batch),
        "--learning-rate", Text(settings.LearningRate),
    ];

    /// <summary>What the command line calls a network.</summary>
    public static string Name(NetworkChoice network) => Name(Networks, network);

    /// <summary>What the command line calls a data set.</summary>
    public static string Name(DataChoice data) => Name(DataSets, data);

    // The shape of the input and the number of classes are part of a network's declaration.
    private void NeedSuitableData(OptionResult result)
    {
        string network = result.GetValueOrDefault<string>(), data = result.GetResult(_data)?.GetValueOrDefault<string>() ?? DataSets[0].Name;
        if (!Array.Exists(Networks, one => one.Name == network) || !Array.Exists(DataSets, one => one.Name == data)) return;
        ImmutableArray<DataChoice> suitable = Catalogue.Of(Value(Networks, network)).Data;
        if (!suitable.Contains(Value(DataSets, data)))
            result.AddError($"--network {network} is declared for --data {string.Join(", ", suitable.Select(Name))}, not {data}.");
    }

    private void NeedLeNet(OptionResult result)
    {
        string found = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
        if (!Array.Exists(Experiments, one => one.Name == found))
            result.AddError($"--experiment is '{found}'; allowed are {string.Join(", ", Experiments.Select(one => one.Name))}.");
        string network = result.GetResult(_network)?.GetValueOrDefault<string>() ?? Networks[0].Name;
        NetworkChoice[] suitable = found == Name(ExperimentChoice.QatScales) ? [NetworkChoice.LeNet5MaxPool] : s_lenets;
        if (!suitable.Select(Name).Contains(network)) result.AddError($"--experiment {found} is done with --network {string.Join(", ", suitable.Select(Name))}, not {network}.");
    }

    private void NeedDataFolder(OptionResult result)
    {
        string? data = result.Tokens.LastOrDefault()?.Value;
        if (result.GetResult(_dataFolder) is null && DataSets.Any(set => set.Name == data && set.Value is DataChoice.Mnist or DataChoice.Cifar10))
            result.AddError($"--data {data} needs --data-dir with the folder of its files; only digits and keywords need none.");
    }

    private static T Value<T>((string Name, T Value)[] choices, string? name) => Array.Find(choices, choice => choice.Name == name).Value;

    private static string Name<T>((string Name, T Value)[] choices, T value) => Array.Find(choices, choice => Equals(choice.Value, value)).Name;

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
