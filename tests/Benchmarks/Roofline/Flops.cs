namespace NoiseGen.Benchmarks.Roofline;

/// <summary>Multiplications and additions of the linear operations, by the textbook; everything else is small beside them.</summary>
internal static class Flops
{
    /// <summary>Of one image's evaluation.</summary>
    public static double Forward(NetworkDescription network) => network.Stages.Sum(Forward);

    /// <summary>
    /// Of one image's training step: the forward pass, the weights' gradients, and the inputs' but for the network's own.
    /// </summary>
    public static double Training(NetworkDescription network)
    {
        double[] stages = [.. network.Stages.Select(Forward)];
        return 3 * stages.Sum() - stages.First(flops => flops > 0);
    }

    /// <summary>Of one image in one stage.</summary>
    public static double Forward(StageDescription stage) => stage.Linear switch
    {
        LinearDescription.Conv2d convolution =>
            2.0 * stage.LinearOutput.Count * stage.Input.Channels * convolution.Window.Height * convolution.Window.Width,
        LinearDescription.Dense dense => 2.0 * dense.Features * stage.Input.Count,
        _ => 0,
    };
}
