using Harden;

namespace NoiseGen.Tests;

/// <summary>
/// Batches with one value a channel in front of a batch norm: one value has no variance (PyTorch refuses to train on it).
/// </summary>
public class SingleImageTests
{
    // Two batches an epoch: 64 images, and one.
    private static readonly DataSplit Data = Digits.Create(seed: 4, train: 65, test: 400);

    [Fact]
    public void One_value_a_channel_leaves_the_running_statistics_alone()
    {
        using var network = new MlpGray(seed: 1, batchSize: 64, threads: 1);
        var loader = new BatchLoader(Data.Train, 64);
        Assert.True(loader.MoveNext());
        var optimizer = new Adam(1e-2f);
        network.TrainStep(loader, optimizer);
        float[][] before = Statistics(network);

        Assert.True(loader.MoveNext());
        Assert.Equal(1, loader.Count);
        network.TrainStep(loader, optimizer);

        Assert.Equal(6, before.Length);
        Assert.Equal(before, Statistics(network));
    }

    /// <summary>A convolution's norm sees all pixels of the image: they have a variance.</summary>
    [Fact]
    public void One_image_of_many_pixels_moves_them()
    {
        using var network = new LeNet5BatchNormGray(seed: 1, batchSize: 64, threads: 1);
        var loader = new BatchLoader(Data.Train.Take(1), 64);
        Assert.True(loader.MoveNext());
        float[][] before = Statistics(network);
        network.TrainStep(loader, new Adam(1e-2f));
        float[][] after = Statistics(network);
        string[] names = [.. OfNorms(network).Select(statistic => statistic.Name)];
        for (int i = 0; i < names.Length; i++)
            Assert.Equal(names[i].StartsWith("Hidden", StringComparison.Ordinal), before[i].SequenceEqual(after[i]));
    }

    /// <summary>
    /// Three norms behind dense layers, 513 images in batches of 512, 40 epochs: the running variances shrank by a tenth with every last
    /// batch.
    /// </summary>
    [Fact]
    public void A_last_batch_of_one_image_costs_nothing_in_evaluation()
    {
        ImageDataset images = Digits.Create(seed: 4, train: 513, test: 1).Train;
        using var network = new MlpGray(seed: 1, batchSize: 512);
        var trainer = new Trainer(network, new Adam(3e-2f)) { Warn = null };
        EpochResult last = trainer.Run(new BatchLoader(images, 512) { Shuffle = true }, epochs: 40).Epochs[^1];
        EvaluationResult evaluation = network.Evaluate(new BatchLoader(images, 512));
        Assert.InRange(evaluation.Accuracy, last.Accuracy - 0.01, 1);
        Assert.InRange(evaluation.Loss, 0, last.Loss);
    }

    [Fact]
    public void The_trainer_warns_of_it()
    {
        List<string> told = [];
        using var network = new MlpGray(seed: 1, batchSize: 64, threads: 1);
        var trainer = new Trainer(network, new Adam(1e-3f)) { Warn = told.Add };
        TrainingHistory history = trainer.Run(new BatchLoader(Data.Train, 64), epochs: 1);

        string warning = Assert.Single(told);
        Assert.StartsWith(
            "1 of the 2 batches of an epoch has a single image. The batch norm of stage Hidden1 gets one value a channel there", warning);
        Assert.Contains("DropLast", warning);
        Assert.Equal(told, history.Warnings);
        Assert.Contains(warning, history.ToString());

        told.Clear();
        Assert.Empty(trainer.Run(new BatchLoader(Data.Train, 64) { DropLast = true }, epochs: 1).Warnings);
        Assert.Empty(trainer.Run(new BatchLoader(Data.Train, 63), epochs: 1).Warnings);
        Assert.Empty(told);
    }

    [Theory]
    [InlineData(1, 2,
        "1 of the 2 batches of an epoch has a single image. The batch norm of stage Stem normalises by the statistics of that image alone")]
    [InlineData(5, 5, "5 of the 5 batches of an epoch have a single image.")]
    public void Convolutions_have_the_statistics_of_one_image(int single, int batches, string start) =>
        Assert.StartsWith(start, Assert.Single(TrainingWarnings.Of(ResNet18.Describe(), batches, single)));

    [Fact]
    public void Networks_without_norms_are_not_warned_of()
    {
        Assert.Empty(TrainingWarnings.Of(LeNet5Gray.Describe(), 2, 1));
        Assert.Empty(TrainingWarnings.Of(ResNet18.Describe(), 2, 0));
    }

    [Fact]
    public void The_report_has_the_warning()
    {
        VariantResult warned = SyntheticJob.Result.Variants[0] with { History =
            SyntheticJob.Result.Variants[0].History with { Warnings = ["Mind the last batch."] } };
        JobResult result = SyntheticJob.Result with { Variants = SyntheticJob.Result.Variants.SetItem(0, warned) };
        Assert.Equal("Mind the last batch.", Harden.Report.ResultTable.Of(result).Notes[0]);
        Assert.Contains("Mind the last batch.", Harden.Report.HtmlReport.Of(result, ""));
    }

    // Not the steps in which scales were collected.
    private static IEnumerable<Statistic> OfNorms(NeuralNetwork network) =>
        network.Statistics.Where(statistic => statistic.Name.Contains(".norm.", StringComparison.Ordinal));

    private static float[][] Statistics(NeuralNetwork network) => [.. OfNorms(network).Select(statistic => statistic.Values.ToArray())];
}
