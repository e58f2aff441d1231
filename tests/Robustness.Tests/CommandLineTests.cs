using System.CommandLine;
using System.Diagnostics;
using Harden;
using Harden.Experiments;

namespace NoiseGen.Tests;

public class CommandLineTests
{
    [Fact]
    public void Without_arguments_everything_has_a_default()
    {
        Settings settings = Parse();
        Assert.Equal((NetworkChoice.LeNet5, DataChoice.Digits, null, "out"), (settings.Network, settings.Data,
            settings.DataFolder, settings.Output));
        Assert.True(settings is { Epochs: > 0, Sigma: > 0, Scale: > 0, Batch: > 0, Repeats: > 1, LearningRate: > 0 });
    }

    [Theory]
    [InlineData("lenet5", DataChoice.Digits)]
    [InlineData("cnn-s", DataChoice.Keywords)]
    [InlineData("vgg11", DataChoice.ColorDigits)]
    [InlineData("densenet121", DataChoice.ColorDigits)]
    public void A_network_alone_has_data_of_its_own(string network, object data) =>
        Assert.Equal((DataChoice)data, Parse("--network", network).Data);

    [Fact]
    public void Files_and_runs_are_lists()
    {
        var commandLine = new CommandLine();
        ParseResult parsed = commandLine.Root.Parse(["--evaluate", "a", "b", "--network", "mlp"]);
        Assert.Empty(parsed.Errors);
        Assert.Equal(["a", "b"], commandLine.ReadEvaluation(parsed).ToArray());
        Assert.Empty(commandLine.ReadComparison(parsed).ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData(
        "--network mlp --data mnist --data-dir files --epochs 3 --sigma 0.125 --scale 2 --seed 18446744073709551615 --threads 2 --batch "
            + "64 --repeats 7 --learning-rate 1e-4 --out there")]
    [InlineData("--data cifar10 --data-dir files")]
    [InlineData("--network cnn-s --data keywords")]
    [InlineData("--network densenet --data cifar10 --data-dir files")]
    [InlineData("--network lenet5-bn --sites --seeds 3")]
    public void Written_arguments_give_the_same_settings(string arguments)
    {
        Settings settings = Parse(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(settings, Parse([.. CommandLine.Write(settings)]));
        Assert.Equal(settings, CommaCulture.Run(() => Parse([.. CommandLine.Write(settings)])));
    }

    [Theory]
    [InlineData(
        "--network vgg", "--network is 'vgg'",
        "lenet5, lenet5-max, lenet5-bn, lenet5-qat, mlp, tfc, tfc-bn, cnn-s, vgg11, vgg11-bn, vgg11-qat, resnet18, resnet18-qat, "
            + "densenet121, densenet.")]
    [InlineData("--data imagenet", "--data is 'imagenet'", "digits, keywords, color-digits, mnist, cifar10")]
    [InlineData("--network resnet18 --data digits", "--network resnet18 takes --data cifar10, color-digits, not digits.")]
    [InlineData("--network cnn-s --data mnist --data-dir files", "--network cnn-s takes --data keywords, not mnist.")]
    [InlineData("--network mlp --data keywords", "--network mlp takes --data digits, mnist, cifar10, color-digits, not keywords.")]
    [InlineData("--epochs 0", "--epochs is '0'", "whole number from 1 to 100000")]
    [InlineData("--epochs 1.5", "--epochs is '1.5'", "whole number")]
    [InlineData("--sigma -1", "--sigma is '-1'", "number from 0 to 1000")]
    [InlineData("--sigma NaN", "--sigma is 'NaN'", "number from 0 to 1000")]
    [InlineData("--sigma 0,5", "--sigma is '0,5'", "number from 0 to 1000")]
    [InlineData("--scale 0", "--scale is '0'", "from 1E-06 to 1000000")]
    [InlineData("--seed -1", "--seed is '-1'", "from 0 to 18446744073709551615")]
    [InlineData("--threads x", "--threads is 'x'", "from 0 to 1024")]
    [InlineData("--batch 0", "--batch is '0'", "from 1 to 65536")]
    [InlineData("--repeats 0", "--repeats is '0'", "from 1 to 1000")]
    [InlineData("--learning-rate inf", "--learning-rate is 'inf'", "from 1E-09 to 10")]
    [InlineData("--data mnist", "--data mnist needs --data-dir", "only digits, keywords, color-digits need none")]
    [InlineData("--experiment qat", "--experiment is 'qat'", "noisy-training, qat-scales, walking-noise, variance-aware.")]
    [InlineData("--experiment qat-scales --bits 1", "--bits is '1'", "whole numbers from 2 to 16")]
    [InlineData("--experiment qat-scales --bits 8.5", "--bits is '8.5'")]
    [InlineData("--bits 8", "--bits has no effect without an --experiment")]
    [InlineData(
        "--evaluate a.safetensors --epochs 3 --seeds 2", "--epochs has no effect with --evaluate", "--seeds has no effect with --evaluate")]
    [InlineData(
        "--compare a b --network mlp --evaluate c", "--network has no effect with --compare", "--evaluate has no effect with --compare")]
    [InlineData("--experiment noisy-training --force", "--force has no effect in an --experiment")]
    [InlineData("--network vgg11 --data-dir files", "--data-dir has no effect with --data color-digits")]
    [InlineData(
        "--experiment noisy-training --scale 7 --sites --bits 8", "--scale has no effect", "--sites has no effect",
        "--bits has no effect in --experiment noisy-training")]
    [InlineData("--experiment qat-scales --network lenet5-max --sigmas 1", "--sigmas has no effect in --experiment qat-scales")]
    [InlineData("--retry-failed", "--retry-failed has no effect without an --experiment")]
    [InlineData("--experiment noisy-training --sigmas 0.5,1e39", "--sigmas is '0.5,1e39'", "numbers from 1E-30 to 1E+38")]
    [InlineData("--experiment noisy-training --sigmas 1e-45", "--sigmas is '1e-45'", "numbers from 1E-30 to 1E+38")]
    [InlineData("--experiment qat-scales --network lenet5-max --scales 1e38", "--scales is '1e38'", "from 1E-06 to 1000000 and 'learned'")]
    [InlineData("--data-dir files", "--data-dir has no effect with --data digits")]
    [InlineData("--data", "--data")]
    [InlineData("--data digits --data cifar10", "--data")]
    [InlineData("--network lenet5 --network mlp --experiment noisy-training", "--network")]
    [InlineData("--sgima 1", "--sgima")]
    [InlineData("--sigma", "--sigma")]
    public void A_wrong_value_is_named_with_what_is_allowed(string arguments, params string[] parts)
    {
        ParseResult result = new CommandLine().Root.Parse(arguments.Split(' '));
        string messages = string.Join('\n', result.Errors.Select(error => error.Message));
        Assert.All(parts, part => Assert.Contains(part, messages));
    }

    /// <summary>The papers' experiments, with their epochs where they are not given.</summary>
    [Theory]
    [InlineData("noisy-training --network lenet5-max --data mnist --data-dir files", 50)]
    [InlineData("noisy-training --network mlp --data mnist --data-dir files", 100)]
    [InlineData("walking-noise --network lenet5-bn --data cifar10 --data-dir files", 300)]
    [InlineData("noisy-training --network resnet18 --data cifar10 --data-dir files", 500)]
    [InlineData("qat-scales --network densenet121 --data cifar10 --data-dir files", 300)]
    [InlineData("variance-aware --network cnn-s --data keywords", 150)]
    [InlineData("variance-aware --network lenet5-max --data mnist --data-dir files --epochs 2", 2)]
    [InlineData("qat-scales --network lenet5-max --data cifar10 --data-dir files --bits 16 --scales learned,512", 300)]
    public void Experiments_are_for_the_papers_networks(string arguments, int epochs)
    {
        var commandLine = new CommandLine();
        ParseResult result = commandLine.Root.Parse(["--experiment", .. arguments.Split(' ')]);
        Assert.Empty(result.Errors);
        Assert.Equal(epochs, commandLine.Read(result).Epochs);
        Assert.NotNull(commandLine.ReadExperiment(result));
    }

    [Fact]
    public void An_experiment_has_the_grid_that_help_promises()
    {
        var commandLine = new CommandLine();
        ExperimentSettings noisy = commandLine.ReadExperiment(commandLine.Root.Parse("--experiment noisy-training"))!;
        ExperimentSettings quantized =
            commandLine.ReadExperiment(commandLine.Root.Parse("--experiment qat-scales --network lenet5-max --bits 8"))!;
        Assert.Equal(SigmaGrid.Default.AsEnumerable(), noisy.Sigmas.AsEnumerable());
        Assert.Equal([8], quantized.Bits.AsEnumerable());
        Assert.Equal(13, quantized.Scales.Length);
        ExperimentSettings resnet = commandLine.ReadExperiment(
            commandLine.Root.Parse("--experiment qat-scales --network resnet18-qat --data cifar10 --data-dir files"))!;
        Assert.Equal([8], resnet.Bits.AsEnumerable());
        Assert.Equal([Cell.Learned, 0.5f, 1f, 2f, 3f, 4f, 64f, 128f, 256f], resnet.Scales.AsEnumerable());
    }

    /// <summary>The authors' batch, learning rate and epochs are an experiment's, not those of the four ways.</summary>
    [Fact]
    public void An_experiment_trains_as_the_authors_do()
    {
        Settings speech = Parse("--experiment", "noisy-training", "--network", "cnn-s", "--data", "keywords");
        Assert.Equal((512, 5e-4f, 150), (speech.Batch, speech.LearningRate, speech.Epochs));
        Settings fourWays = Parse("--network", "cnn-s", "--data", "keywords");
        Assert.Equal((64, 2e-3f, 12), (fourWays.Batch, fourWays.LearningRate, fourWays.Epochs));
    }

    [Theory]
    [InlineData(2, "--sigma strong", "--sigma is 'strong'; allowed is a number from 0 to 1000.")]
    [InlineData(1, "--data mnist --data-dir no-such-folder", "no-such-folder")]
    [InlineData(1, "--out taken/below", "taken/below")]
    [InlineData(1, "--out taken", "taken")]
    [InlineData(2, "--experiment noisy-training --out broken", "noisy-training.csv, line 2: found 3 fields; allowed are 20")]
    public async Task The_program_exits_with_a_code_and_one_message(int code, string arguments, string message)
    {
        (int found, _, string error) = await RunProgram(arguments);
        Assert.Equal(code, found);
        Assert.Contains(message, error);
        Assert.DoesNotContain("   at ", error);
    }

    [Fact]
    public async Task Help_lists_every_option()
    {
        (int code, string output, _) = await RunProgram("--help");
        Assert.Equal(0, code);
        string[] options = ["--network", "--data", "--data-dir", "--epochs", "--sigma", "--scale", "--seed", "--threads", "--batch",
            "--repeats", "--learning-rate", "--out"];
        Assert.All(options, option => Assert.Contains(option + " <", output));
    }

    private static Settings Parse(params string[] arguments)
    {
        var commandLine = new CommandLine();
        ParseResult result = commandLine.Root.Parse(arguments);
        Assert.Empty(result.Errors);
        return commandLine.Read(result);
    }

    private static async Task<(int Code, string Output, string Error)> RunProgram(string arguments)
    {
        string folder = Directory.CreateTempSubdirectory("harden").FullName;
        string program = typeof(Settings).Assembly.Location;
        File.WriteAllText(Path.Combine(folder, "taken"), "a file, where --out wants a folder");
        string broken = Directory.CreateDirectory(Path.Combine(folder, "broken")).FullName;
        string header = ResultsColumns.Header([.. ResultsColumns.Key, .. ResultsColumns.Curve]);
        File.WriteAllText(Path.Combine(broken, "noisy-training.csv"), $"{header}\na,b,c\n");
        using Process process = Process.Start(
            new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [program, .. arguments.Split(' ')])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);
        return (process.ExitCode, await output, await error);
    }
}
