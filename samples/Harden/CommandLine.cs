using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Harden;

/// <summary>The options, their ranges and their defaults.</summary>
internal sealed class CommandLine
{
    private const int MaxThreads = 1024; // far above any machine's; a typing error is found here rather than by the system

    private static readonly (string Name, NetworkChoice Value)[] Networks = [.. Catalogue.All.Select(entry => (entry.Name, entry.Network))];

    private static readonly (string Name, DataChoice Value)[] DataSets =
        [("digits", DataChoice.Digits), ("keywords", DataChoice.Keywords), ("mnist", DataChoice.Mnist), ("cifar10", DataChoice.Cifar10)];

    private readonly Option<string> _network = Choice("--network", "The network.", Networks);

    private readonly Option<string> _data = Choice("--data", "The data; digits and keywords are drawn by the program and need no files.", DataSets);

    private readonly Option<string?> _dataFolder = new("--data-dir") { Description = "Folder with the files of mnist or cifar10.", HelpName = "folder" };

    private readonly Option<int?> _epochs = Number<int>(
        "--epochs", $"Passes over the training data. [default: {DefaultEpochs(DataChoice.Digits)} for digits and keywords, {DefaultEpochs(DataChoice.Mnist)} for mnist, {DefaultEpochs(DataChoice.Cifar10)} for cifar10]", 1, 100_000);

    private readonly Option<float?> _sigma = Number("--sigma", "Standard deviation of the training noise at every site.", 0f, 1000f, 0.7f);

    private readonly Option<float?> _scale = Number("--scale", "Scale c of the 8-bit activation quantizers: one of their steps is about c.", 1e-6f, 1e6f, 0.05f);

    private readonly Option<ulong?> _seed = Number("--seed", "Seeds parameters, data order and noise.", 0UL, ulong.MaxValue, 1UL);

    private readonly Option<int?> _threads = Number("--threads", "Threads; 0 for one on each processor. The result does not depend on it.", 0, MaxThreads, 0);

    private readonly Option<int?> _batch = Number("--batch", "Images in a training step.", 1, 65_536, 64);

    private readonly Option<int?> _repeats = Number("--repeats", "Noise realisations at each level of the sweep.", 1, 1000, 5);

    private readonly Option<float?> _learningRate = Number<float>(
        "--learning-rate", $"Adam's learning rate at the start; a cosine takes it to 0. [default: {DefaultRates()}]", 1e-9f, 10f);

    private readonly Option<string> _output = new("--out") { Description = "Folder for the report.", HelpName = "folder", DefaultValueFactory = _ => "out" };

    public CommandLine()
    {
        Root = new RootCommand(
            "Trains a network four ways (clean, quantized, noisy, quantized and noisy), measures how much noise each withstands, and writes a report.")
        {
            _network, _data, _dataFolder, _epochs, _sigma, _scale, _seed, _threads, _batch, _repeats, _learningRate, _output,
        };
        _data.Validators.Add(NeedDataFolder);
        _network.Validators.Add(NeedSuitableData);
    }

    public RootCommand Root { get; }

    /// <summary>Settings of a command line without errors.</summary>
    public Settings Read(ParseResult result)
    {
        DataChoice data = Value(DataSets, result.GetValue(_data));
        NetworkChoice network = Value(Networks, result.GetValue(_network));
        return new Settings(
            network,
            data,
            result.GetValue(_dataFolder),
            result.GetValue(_epochs) ?? DefaultEpochs(data),
            result.GetValue(_sigma)!.Value,
            result.GetValue(_scale)!.Value,
            result.GetValue(_seed)!.Value,
            result.GetValue(_threads)!.Value,
            result.GetValue(_batch)!.Value,
            result.GetValue(_repeats)!.Value,
            result.GetValue(_learningRate) ?? Catalogue.Of(network).LearningRate,
            result.GetValue(_output)!);
    }

    /// <summary>The arguments that give the same settings, every one of them written out: what a report shows, so that it can be repeated when defaults have changed.</summary>
    public static IEnumerable<string> Write(Settings settings) =>
    [
        "--network", Name(Networks, settings.Network),
        "--data", Name(DataSets, settings.Data),
        .. settings.DataFolder is { } folder ? (string[])["--data-dir", folder] : [],
        "--epochs", Text(settings.Epochs),
        "--sigma", Text(settings.Sigma),
        "--scale", Text(settings.Scale),
        "--seed", Text(settings.Seed),
        "--threads", Text(settings.Threads),
        "--batch", Text(settings.Batch),
        "--repeats", Text(settings.Repeats),
        "--learning-rate", Text(settings.LearningRate),
        "--out", settings.Output,
    ];

    /// <summary>What the command line calls a network.</summary>
    public static string Name(NetworkChoice network) => Name(Networks, network);

    /// <summary>What the command line calls a data set.</summary>
    public static string Name(DataChoice data) => Name(DataSets, data);

    private static int DefaultEpochs(DataChoice data) => data switch
    {
        DataChoice.Digits or DataChoice.Keywords => 12,
        DataChoice.Mnist => 3,
        _ => 30,
    };

    // The shape of the input and the number of classes are part of a network's declaration.
    private void NeedSuitableData(OptionResult result)
    {
        string network = result.GetValueOrDefault<string>(), data = result.GetResult(_data)?.GetValueOrDefault<string>() ?? DataSets[0].Name;
        if (!Array.Exists(Networks, one => one.Name == network) || !Array.Exists(DataSets, one => one.Name == data)) return;
        ImmutableArray<DataChoice> suitable = Catalogue.Of(Value(Networks, network)).Data;
        if (!suitable.Contains(Value(DataSets, data)))
            result.AddError($"--network {network} is declared for --data {string.Join(", ", suitable.Select(Name))}, not {data}.");
    }

    private static string DefaultRates() => string.Join(
        ", ", Catalogue.All.GroupBy(entry => entry.LearningRate).Select(rate => $"{Text(rate.Key)} for {string.Join(", ", rate.Select(entry => entry.Name))}"));

    private void NeedDataFolder(OptionResult result)
    {
        string? data = result.Tokens.LastOrDefault()?.Value;
        if (result.GetResult(_dataFolder) is null && DataSets.Any(set => set.Name == data && set.Value is DataChoice.Mnist or DataChoice.Cifar10))
            result.AddError($"--data {data} needs --data-dir with the folder of its files; only digits and keywords need none.");
    }

    private static Option<string> Choice<T>(string name, string description, (string Name, T Value)[] choices)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join("|", choices.Select(choice => choice.Name)),
            DefaultValueFactory = _ => choices[0].Name,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var found }] && !choices.Any(choice => choice.Name == found))
                result.AddError($"{name} is '{found}'; allowed are {string.Join(", ", choices.Select(choice => choice.Name))}.");
        });
        return option;
    }

    // The value is nullable so that an option without a default can say "not given".
    private static Option<T?> Number<T>(string name, string description, T least, T most, T? standard = null)
        where T : struct, INumber<T>
    {
        string kind = T.IsInteger(least) && typeof(T) != typeof(float) ? "whole number" : "number";
        var option = new Option<T?>(name)
        {
            Description = description,
            HelpName = kind == "number" ? "number" : "integer",
            CustomParser = result =>
            {
                string found = result.Tokens[0].Value;
                if (T.TryParse(found, NumberStyles.Float, CultureInfo.InvariantCulture, out T value) && value >= least && value <= most) return value;
                result.AddError($"{name} is '{found}'; allowed is a {kind} from {Text(least)} to {Text(most)}.");
                return null;
            },
        };
        if (standard is { } given) option.DefaultValueFactory = _ => given;
        return option;
    }

    private static T Value<T>((string Name, T Value)[] choices, string? name) => Array.Find(choices, choice => choice.Name == name).Value;

    private static string Name<T>((string Name, T Value)[] choices, T value) => Array.Find(choices, choice => Equals(choice.Value, value)).Name;

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
