using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using Harden.Experiments;
using NoiseGen;
using NoiseGen.Sweeps;

namespace Harden;

/// <summary>The options, their ranges and their defaults.</summary>
internal sealed class CommandLine
{
    private const int MaxThreads = 1024; // far above any machine's; catches typing errors before the system does

    private static readonly (string Name, NetworkChoice Value)[] Networks = [.. Catalogue.All.Select(entry => (entry.Name, entry.Network))];

    private static readonly (string Name, DataChoice Value)[] DataSets =
        [("digits", DataChoice.Digits), ("keywords", DataChoice.Keywords), ("color-digits", DataChoice.ColorDigits),
            ("mnist", DataChoice.Mnist), ("cifar10", DataChoice.Cifar10)];

    private static readonly (string Name, ExperimentChoice Value)[] Experiments =
    [
        ("noisy-training", ExperimentChoice.NoisyTraining), ("qat-scales", ExperimentChoice.QatScales),
        ("walking-noise", ExperimentChoice.WalkingNoise),
        ("variance-aware", ExperimentChoice.VarianceAware),
    ];

    private readonly Option<string> _network =
        Choice("--network", $"The network: {string.Join(", ", Networks.Select(one => one.Name))}.", Networks, "name");

    private readonly Option<string?> _data = Optional(
        "--data",
        $"The data; digits, keywords and color-digits are drawn by the program and need no files. [default: the first of these that the "
            + $"network takes]", DataSets,
        string.Join('|', DataSets.Select(one => one.Name)));

    private readonly Option<string?> _dataFolder = new(
        "--data-dir") { Description = "Folder with the files of mnist or cifar10, or one above it.", HelpName = "folder" };

    private readonly Option<int?> _epochs = Number<int>(
        "--epochs",
        $"Passes over the training data. "
            + $"[default: {DefaultEpochs(DataChoice.Digits)} for digits and keywords, {DefaultEpochs(DataChoice.ColorDigits)} "
            + $"for color-digits, {DefaultEpochs(DataChoice.Mnist)} for mnist, {DefaultEpochs(DataChoice.Cifar10)} "
            + $"for cifar10; {InExperiments}]", 1, 100_000);

    private readonly Option<float?> _sigma = Number("--sigma", "Standard deviation of the training noise at every site.", 0f, 1000f, 0.7f);

    private readonly Option<float?> _scale = Number(
        "--scale", "Scale c of the 8-bit activation quantizers: one of their steps is about c.", LeastScale, MostScale, 0.05f);

    private readonly Option<ulong?> _seed = Number("--seed", "Seeds parameters, data order and noise.", 0UL, ulong.MaxValue, 1UL);

    private readonly Option<int?> _threads =
        Number("--threads", "Threads; 0 for one per processor. The result does not depend on it.", 0, MaxThreads, 0);

    private readonly Option<int?> _batch =
        Number<int>("--batch", $"Images in a training step. [default: {DefaultBatch}; {InExperiments}]", 1, 65_536);

    private readonly Option<int?> _repeats = Number("--repeats", "Noise realisations at each level of the sweep.", 1, 1000, 5);

    private readonly Option<bool> _sites =
        new("--sites") { Description = "Also measures each noise site alone (Walking Noise): one sweep per site." };

    private readonly Option<float?> _learningRate = Number<float>(
        "--learning-rate",
        $"Adam's learning rate at the start; a cosine lowers it from epoch to epoch. [default: {DefaultRates()}; {InExperiments}]", 1e-9f,
        10f);

    private readonly Option<string?> _experiment = new("--experiment")
    {
        Description =
            "One of the papers' experiments instead of the four ways. "
                + "It resumes where it stopped: a folder next to its CSV file has the finished cells.",
        HelpName = string.Join("|", Experiments.Select(choice => choice.Name)),
    };

    // Far beyond any useful value. Still, in single precision a quarter of a sigma is above 0,
    // and twice a sigma and the range of a scale's quantizer are finite.
    private const float LeastSigma = 1e-30f, MostSigma = 1e38f, LeastScale = 1e-6f, MostScale = 1e6f;

    // Between 50 and 500 epochs: see Protocol.
    private const string InExperiments = "in an experiment, the papers' value for the network";

    private readonly Option<float[]?> _sigmas = Numbers(
        "--sigmas", "Training noise of an experiment.",
        FormattableString.Invariant($"the authors', {SigmaGrid.Default.Length} from {SigmaGrid.Default[0]} to {SigmaGrid.Default[^1]}"),
        FormattableString.Invariant($"numbers from {LeastSigma} to {MostSigma}"), ParseSigmas);

    private readonly Option<float[]?> _bits = Numbers("--bits", "Bits of an experiment's weights and activations.",
        "the authors' for the network", "whole numbers from 2 to 16", ParseBits);

    private readonly Option<float[]?> _scales = Numbers(
        "--scales", "Scales c of an experiment's activation quantizers.", "the authors' for the network",
        FormattableString.Invariant($"numbers from {LeastScale} to {MostScale} and '{LearnedScale}'"), ParseScales);

    private readonly Option<int?> _seeds = Number(
        "--seeds", "Trainings of each way, or of each cell of an experiment's grid, with seeds from --seed on: the ± is then their spread.",
        1, 1000, 1);

    private readonly Option<string[]> _evaluate = new("--evaluate")
    {
        Description = "Measures networks whose weights are in these safetensors files, and trains nothing.",
        HelpName = "files",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _compare = new("--compare")
    {
        Description = "Shows the results of earlier runs, in these folders, in one picture, and trains nothing.",
        HelpName = "folders",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _force = new(
        "--force") { Description = "Replaces a finished run in the folder of --out, which is refused otherwise." };

    private readonly SweepOptions _sweep = [];

    private readonly Option<string> _output =
        new("--out") { Description = "Folder for the report.", HelpName = "folder", DefaultValueFactory = _ => "out" };

    public CommandLine()
    {
        Root = new RootCommand(
            "Trains a network four ways (clean, quantized, noisy, quantized and noisy), measures how much noise each withstands, "
            + "and writes a report. "
            + FormattableString.Invariant(
                $"Exit codes: {ExitCode.Success} everything is done, {ExitCode.Failure} a file or a training failed, ")
            + FormattableString.Invariant($"{ExitCode.WrongInput} a wrong option or a broken results file, ")
            + FormattableString.Invariant(
                $"{ExitCode.PutOff} postponed by SIGTERM or held by another process, {ExitCode.Interrupted} interrupted by Ctrl-C."))
        {
            _network, _data, _dataFolder, _epochs, _sigma, _scale, _seed, _threads, _batch, _repeats, _learningRate, _output, _experiment,
            _sigmas,
            _bits, _scales, _seeds, _sites, _evaluate, _compare, _force,
        };
        foreach (Option option in _sweep) Root.Add(option);
        _experiment.Validators.Add(NeedExperiment);
        _data.Validators.Add(NeedDataFolder);
        _network.Validators.Add(NeedSuitableData);
        Root.Validators.Add(RefuseWhatHasNoEffect);
        Root.Validators.Add(_sweep.RefuseWhatHasNoEffect);
    }

    public RootCommand Root { get; }

    /// <summary>The settings of a command line without errors.</summary>
    public Settings Read(ParseResult result)
    {
        NetworkChoice network = Value(Networks, result.GetValue(_network));
        DataChoice data = result.GetValue(_data) is { } given ? Value(DataSets, given) : OwnData(network);
        bool isExperiment = result.GetValue(_experiment) is not null;
        return new Settings(
            network,
            data,
            result.GetValue(_dataFolder),
            result.GetValue(_epochs) ?? (isExperiment ? Catalogue.Of(network).Papers.EpochsOn(data) : DefaultEpochs(data)),
            result.GetValue(_sigma)!.Value,
            result.GetValue(_scale)!.Value,
            result.GetValue(_seed)!.Value,
            result.GetValue(_threads)!.Value,
            result.GetValue(_batch) ?? (isExperiment ? Catalogue.Of(network).Papers.Batch : DefaultBatch),
            result.GetValue(_repeats)!.Value,
            result.GetValue(_learningRate) ?? (isExperiment
                ? Catalogue.Of(network).Papers.LearningRate : Catalogue.Of(network).LearningRate),
            result.GetValue(_output)!,
            result.GetValue(_sites),
            isExperiment ? 1 : result.GetValue(_seeds)!.Value);
    }

    /// <summary>The files whose networks a command line without errors asks to be measured; empty where it asks for none.</summary>
    public ImmutableArray<string> ReadEvaluation(ParseResult result) => [.. result.GetValue(_evaluate) ?? []];

    /// <summary>The earlier runs that a command line without errors asks to be compared; empty where it asks for none.</summary>
    public ImmutableArray<string> ReadComparison(ParseResult result) => [.. result.GetValue(_compare) ?? []];

    /// <summary>Whether a finished run may be replaced.</summary>
    public bool ReadForce(ParseResult result) => result.GetValue(_force);

    /// <summary>The experiment that a command line without errors asks for; null where it asks for none.</summary>
    public ExperimentSettings? ReadExperiment(ParseResult result) => result.GetValue(_experiment) is { } name
        ? new ExperimentSettings(
            Value(Experiments, name), GivenOr(SigmaGrid.Default, result.GetValue(_sigmas)),
            [.. GivenOr([.. Papers(result).Bits.Select(bits => (float)bits)], result.GetValue(_bits)).Select(bits => (int)bits)],
            GivenOr(Papers(result).Scales, result.GetValue(_scales)),
            result.GetValue(_seeds)!.Value)
        : null;

    /// <summary>How a command line without errors wants an experiment to be run.</summary>
    public SweepRequest ReadSweep(ParseResult result) => _sweep.Read(result) with
    {
        Output = result.GetValue(_output)!,
        Threads = result.GetValue(_threads)!.Value,
    };

    // An option that is not given has no values.
    private static ImmutableArray<float> GivenOr(ImmutableArray<float> standard, float[]? values) =>
        values is { Length: > 0 } ? [.. values] : standard;

    private Protocol Papers(ParseResult result) => Catalogue.Of(Value(Networks, result.GetValue(_network))).Papers;

    /// <summary>An experiment's name on the command line.</summary>
    public static string Name(ExperimentChoice experiment) => Name(Experiments, experiment);

    /// <summary>
    /// The arguments that produce the same settings, all of them written out.
    /// A report shows them, so that it can be repeated after defaults have changed.
    /// </summary>
    public static IEnumerable<string> Write(Settings settings) =>
    [
        .. WriteTraining(settings),
        "--threads", Text(settings.Threads),
        "--repeats", Text(settings.Repeats),
        "--out", settings.Output,
        .. settings.Sites ? (string[])["--sites", "true"] : [],
        .. settings.Seeds > 1 ? (string[])["--seeds", Text(settings.Seeds)] : [],
    ];

    /// <summary>Those of these arguments that the trained networks depend on.</summary>
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

    /// <summary>
    /// The arguments that produce the same experiment anywhere, all of them written out, without those that say how to run it.
    /// </summary>
    public static IEnumerable<string> Write(Settings settings, ExperimentSettings experiment) =>
    [
        "--experiment", Name(experiment.Choice),
        "--network", Name(settings.Network),
        "--data", Name(settings.Data),
        .. settings.DataFolder is { } folder ? (string[])["--data-dir", Path.GetFullPath(folder)] : [],
        "--epochs", Text(settings.Epochs),
        "--seed", Text(settings.Seed),
        "--batch", Text(settings.Batch),
        "--learning-rate", Text(settings.LearningRate),
        "--repeats", Text(settings.Repeats),
        "--seeds", Text(experiment.Seeds),
        .. experiment.Choice == ExperimentChoice.QatScales
            ? (string[])["--bits", Join(experiment.Bits.Select(Text)), "--scales", Join(experiment.Scales.Select(ScaleText))]
            : ["--sigmas", Join(experiment.Sigmas.Select(Text))],
        "--out", Path.GetFullPath(settings.Output),
    ];

    private static string Join(IEnumerable<string> values) => string.Join(',', values);

    private static string ScaleText(float scale) => scale == Cell.Learned ? LearnedScale : Text(scale);

    /// <summary>A network's name on the command line.</summary>
    public static string Name(NetworkChoice network) => Name(Networks, network);

    /// <summary>A data set's name on the command line.</summary>
    public static string Name(DataChoice data) => Name(DataSets, data);

    private const int DefaultBatch = 64;

    private static IEnumerable<string> DrawnData => DataSets.Where(one => !Harden.DataSets.NeedsFiles(one.Value)).Select(one => one.Name);

    // The first that needs no files: every network has one.
    private static DataChoice OwnData(NetworkChoice network) =>
        DataSets.Select(one => one.Value).First(data => !Harden.DataSets.NeedsFiles(data) && Catalogue.Of(network).Data.Contains(data));

    private static int DefaultEpochs(DataChoice data) => data switch
    {
        DataChoice.Digits or DataChoice.Keywords => 12,
        DataChoice.ColorDigits => 6,
        DataChoice.Mnist => 3,
        _ => 30,
    };

    // The shape of the input and the number of classes are part of a network's declaration.
    private void NeedSuitableData(OptionResult result)
    {
        string network = Last(result) ?? Networks[0].Name;
        if (Last(result.GetResult(_data)) is not { } data) return; // it has some of its own
        if (!Array.Exists(Networks, one => one.Name == network) || !Array.Exists(DataSets, one => one.Name == data)) return;
        DataChoice[] suitable = [.. Catalogue.Of(Value(Networks, network)).Data];
        if (!suitable.Contains(Value(DataSets, data)))
            result.AddError($"--network {network} takes --data {string.Join(", ", suitable.Select(Name))}, not {data}.");
    }

    private static string DefaultRates() => string.Join(
        ", ", Catalogue.All.GroupBy(entry => entry.LearningRate)
            .Select(rate => $"{Text(rate.Key)} for {string.Join(", ", rate.Select(entry => entry.Name))}"));

    private static void NeedExperiment(OptionResult result)
    {
        string found = Last(result) ?? "";
        if (!Array.Exists(Experiments, one => one.Name == found))
            result.AddError($"--experiment is '{found}'; allowed are {string.Join(", ", Experiments.Select(one => one.Name))}.");
    }

    private void NeedDataFolder(OptionResult result)
    {
        string? data = Last(result);
        if (result.GetResult(_dataFolder) is null && DataSets.Any(set => set.Name == data && Harden.DataSets.NeedsFiles(set.Value)))
            result.AddError($"--data {data} needs --data-dir with the folder of its files; only {string.Join(", ", DrawnData)} need none.");
    }

    private void RefuseWhatHasNoEffect(CommandResult result)
    {
        void Refuse(string why, params ReadOnlySpan<Option> options)
        {
            foreach (Option option in options)
            {
                if (result.GetResult(option) is { Implicit: false }) result.AddError($"{option.Name} has no effect {why}");
            }
        }

        Option[] ofMeasuring = [_network, _data, _dataFolder, _seed, _threads, _batch, _repeats, _sites];
        Option[] ofTraining = [_epochs, _sigma, _scale, _learningRate, _seeds, _experiment, _sigmas, _bits, _scales, .. _sweep];
        if (result.GetResult(_compare) is { Implicit: false })
        {
            Refuse("with --compare, which shows what was measured.", [.. ofMeasuring, .. ofTraining, _evaluate]);
            return;
        }

        string? data = Last(result.GetResult(_data));
        string drawn = data ?? Name(
            DataSets, OwnData(Array.Find(Networks, one => one.Name == (Last(result.GetResult(_network)) ?? Networks[0].Name)).Value));
        if (Array.Exists(DataSets, one => one.Name == drawn && !Harden.DataSets.NeedsFiles(one.Value)))
            Refuse($"with --data {drawn}, which needs no files.", _dataFolder);
        if (result.GetResult(_evaluate) is { Implicit: false })
        {
            Refuse("with --evaluate, which trains nothing.", ofTraining);
            return;
        }

        if (Last(result.GetResult(_experiment)) is not { } experiment)
        {
            Refuse("without an --experiment.", [_sigmas, _bits, _scales, .. _sweep]);
            return;
        }

        Refuse("in an --experiment: it has a grid of its own.", _sigma, _scale, _sites);
        Refuse("in an --experiment: it goes on, and replaces nothing.", _force);
        if (experiment == Name(ExperimentChoice.QatScales)) Refuse($"in --experiment {experiment}, which trains without noise.", _sigmas);
        else Refuse($"in --experiment {experiment}, which trains without quantizers.", _bits, _scales);
    }

    // The token given for an option; null if not given.
    // A validator must not request the value: there is none if the option was given twice.
    private static string? Last(OptionResult? result) => result?.Tokens.LastOrDefault()?.Value;

    // What it is where it is not given depends on another option.
    private static Option<string?> Optional<T>(string name, string description, (string Name, T Value)[] choices, string helpName)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = helpName };
        AllowOnly(option, choices);
        return option;
    }

    private static Option<string> Choice<T>(string name, string description, (string Name, T Value)[] choices, string helpName)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = helpName,
            DefaultValueFactory = _ => choices[0].Name,
        };
        AllowOnly(option, choices);
        return option;
    }

    private static void AllowOnly<T>(Option option, (string Name, T Value)[] choices)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var found }] && !choices.Any(choice => choice.Name == found))
                result.AddError($"{option.Name} is '{found}'; allowed are {string.Join(", ", choices.Select(choice => choice.Name))}.");
        });
    }

    // The value is nullable, so that an option without a default can be "not given".
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
                if (T.TryParse(found, NumberStyles.Float, CultureInfo.InvariantCulture, out T value) && value >= least && value <= most)
                    return value;
                result.AddError($"{name} is '{found}'; allowed is a {kind} from {Text(least)} to {Text(most)}.");
                return null;
            },
        };
        if (standard is { } given) option.DefaultValueFactory = _ => given;
        return option;
    }

    /// <summary>The name of a learned scale on the command line and in the results.</summary>
    public const string LearnedScale = "learned";

    private static float[] ParseSigmas(string text) => Parse(text, value => value is >= LeastSigma and <= MostSigma);

    private static float[] ParseScales(string text) => [.. text.Split(',').Select(part =>
        part.Trim() == LearnedScale ? Cell.Learned : Parse(part, value => value is >= LeastScale and <= MostScale)[0])];

    private static float[] ParseBits(string text) => Parse(text, bits => bits is >= 2 and <= 16 && float.IsInteger(bits));

    // What is not a number, or not allowed, becomes NaN.
    private static float[] Parse(string text, Predicate<float> isAllowed) => [.. text.Split(',').Select(part =>
        float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && isAllowed(value) ? value : float.NaN)];

    // Numbers, separated by commas.
    private static Option<float[]?> Numbers(
        string name, string description, string standard, string allowed, Func<string, float[]> parse) => new(name)
    {
        Description = $"{description} [default: {standard}]",
        HelpName = "numbers",
        CustomParser = result =>
        {
            float[] values = parse(result.Tokens[0].Value);
            if (!Array.Exists(values, float.IsNaN)) return values;
            result.AddError($"{name} is '{result.Tokens[0].Value}'; allowed are {allowed}, separated by commas.");
            return null;
        },
    };

    private static T Value<T>((string Name, T Value)[] choices, string? name) => Array.Find(choices, choice => choice.Name == name).Value;

    private static string Name<T>((string Name, T Value)[] choices, T value) =>
        Array.Find(choices, choice => Equals(choice.Value, value)).Name;

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
