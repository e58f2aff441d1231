using NoiseGen.CompilerServices;
using NoiseGen.Tests.Reference;

namespace NoiseGen.Tests.Agreement;

/// <summary>Compares the ranges that a calibration finds with the largest magnitudes of the oracle's values.</summary>
internal static class CalibrationCheck
{
    /// <summary>Calibrates the network, whose noise is on, and compares with the oracle, whose noise is off.</summary>
    /// <param name="count">Images.</param>
    public static void Run(Twin twin, int count)
    {
        NeuralNetwork network = twin.Network;
        twin.Synchronize();
        foreach (NoiseOperation site in twin.Reference.Noise) (site.TrainSigma, site.EvaluationSigma) = (0, 0);
        foreach (LinearOperation layer in twin.Reference.Layers) layer.Noise = null;
        var key = new NoiseKey(network.Seed, 0, Evaluation: true);
        double[][] images = twin.DrawImages(count, key);

        Calibrate(network, images);

        double[] expected = twin.Reference.Ranges(images, key);
        foreach (NoiseSite site in network.Noise)
        {
            if (site.Description.Unit == SigmaUnit.Range)
                AssertAgreement.Tensor($"range of {site.Name}", [expected[site.Index]], [site.Range!.Value]);
            else Assert.Null(site.Range);
        }

        twin.CopySettings();
    }

    public static void Calibrate(NeuralNetwork network, double[][] images) => network.Calibrate(new FloatBatches(
        network.Description.Input, network.Classes, Array.ConvertAll(images.SelectMany(image => image).ToArray(), value => (float)value),
        new int[images.Length], network.BatchSize));
}
