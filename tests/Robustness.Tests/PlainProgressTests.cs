using Harden;
using Harden.Progress;

namespace NoiseGen.Tests;

public class PlainProgressTests
{
    private readonly StringWriter _output = new();

    [Fact]
    public void Each_epoch_is_a_line()
    {
        var progress = new PlainProgress(_output);
        var step = new TrainingProgress(Epoch: 2, Epochs: 8, Batch: 62, Batches: 63, Loss: 0.4567, Accuracy: 0.8765, ImagesPerSecond: 61234,
            TimeLeft: TimeSpan.FromSeconds(75));
        progress.Trained(Variant.All[2], step);
        Assert.Empty(_output.ToString());
        CommaCulture.Run(() => { progress.Trained(Variant.All[2], step with { Batch = 63 }); return 0; });
        Assert.Equal($"noisy                epoch 2/8  loss 0.457  87.7 %  61,234 img/s  1:15 left{_output.NewLine}", _output.ToString());
    }

    [Fact]
    public void Where_an_epoch_takes_long_a_line_now_and_then_says_so()
    {
        var clock = new Clock();
        var progress = new PlainProgress(_output, clock);
        var step = new TrainingProgress(
            Epoch: 1, Epochs: 8, Batch: 3, Batches: 63, Loss: 0.4567, Accuracy: 0.8765, ImagesPerSecond: 61234,
            TimeLeft: TimeSpan.FromSeconds(75));
        progress.Trained(Variant.All[0], step);
        clock.Now += PlainProgress.Heartbeat;
        progress.Trained(Variant.All[0], step);
        progress.Trained(Variant.All[0], step);
        clock.Now += PlainProgress.Heartbeat;
        progress.Swept(Variant.All[0], new SweepProgress(3, 86, 0.1f, 0.9));
        Assert.Equal(
            ["clean                epoch 1/8", "clean                sweep 3/86"], _output.ToString().TrimEnd().Split('\n')
                .Select(line => line.Split("  loss")[0].Split("  σ")[0]));
    }

    [Theory]
    [InlineData(1, null, "")]
    [InlineData(1, 2, "noisy                resumed at epoch 3")]
    [InlineData(1, 8, "noisy                was trained before")]
    [InlineData(2, null, "noisy                seed 4, 1 of 2")]
    [InlineData(2, 2, "noisy                seed 4, 1 of 2, resumed at epoch 3")]
    public void A_training_that_goes_on_says_where(int count, int? done, string line)
    {
        new PlainProgress(_output).Began(Variant.All[2], new TrainingStart(Seed: 4, 0, count, Epochs: 8, done));
        Assert.Equal(line, _output.ToString().TrimEnd());
    }

    /// <summary>Of 80 columns.</summary>
    [Fact]
    public void No_line_is_folded()
    {
        var step = new TrainingProgress(
            Epoch: 300, Epochs: 300, Batch: 63, Batches: 63, Loss: 0.4567, Accuracy: 1, ImagesPerSecond: 9_999,
            TimeLeft: TimeSpan.FromMinutes(59));
        new PlainProgress(_output).Trained(Variant.All[3], step);
        Assert.InRange(_output.ToString().TrimEnd().Length, 1, 80);
    }

    [Fact]
    public void Each_variant_ends_with_its_midpoint()
    {
        VariantResult finished = SyntheticJob.Finished(Variant.All[3], mu: 1.18, plateau: 0.953);
        new PlainProgress(_output).Finished(finished);
        Assert.Equal(
            "quantized and noisy  95.3 % without noise, "
                + $"midpoint µ = {Harden.Report.Numbers.Midpoint(finished.Midpoint!)}{_output.NewLine}", _output.ToString());
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
