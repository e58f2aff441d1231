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
        Assert.Equal($"noisy                epoch 2/8  loss 0.457  accuracy 87.7 %  61,234 images/s  1:15 left{_output.NewLine}",
            _output.ToString());
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
}
