using NoiseGen.Tests.Declared;

namespace NoiseGen.Tests.Agreement;

/// <summary>
/// The generated code's gradients, compared with central differences of the loss that the same code computes, with frozen noise; the oracle
/// is not involved. A straight-through gradient is not a derivative, so networks with quantizers are left out.
/// </summary>
public class LossDerivativeTests
{
    // The most by which a step changes the loss, and by which it moves a tensor. Larger steps cross more kinks of ReLUs and pools; with
    // smaller ones, the difference of two losses in single precision has no digits left.
    private const double MostChange = 2e-3, MostMoved = 1e-3;

    // Relative to a tensor's whole gradient: the error from the kinks on the way, in the deepest network.
    private const double Tolerance = 0.05;

    private const int Images = 40;

    public static TheoryData<string> Names
    {
        get
        {
            var names = new TheoryData<string>();
            foreach (string name in DeclaredNetworks.Classifiers)
            {
                using NeuralNetwork network = DeclaredNetworks.Create(name, batchSize: 1);
                bool isSmooth = network.Description.Stages.All(stage => stage is { ActivationQuantizer: null, WeightQuantizer: null });
                if (isSmooth && network.Parameters.Count > 0) names.Add(name);
            }

            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void GradientsAreTheDerivativesOfTheLoss(string name)
    {
        using NeuralNetwork network = DeclaredNetworks.Create(name, seed: 3, batchSize: Images);
        var random = new Random(name.Length);
        float[] images = [.. Enumerable.Range(0, Images * network.Description.Input.Count).Select(_ => (float)random.Gaussian())];
        int[] labels = random.Labels(Images, network.Classes);
        foreach (NoiseSite site in network.Noise.Where(site => site.Description.Unit == SigmaUnit.Range)) site.Range = 1.5f;
        network.Noise.SetTrainSigma(0.1f);
        foreach (Parameter parameter in network.Parameters)
        {
            double[] values = random.Parameter(parameter.Description);
            for (int i = 0; i < values.Length; i++) parameter.Values[i] = (float)values[i];
        }

        float Loss() => network.ComputeGradients(images, labels).Loss;
        float loss = Loss();
        float[][] gradients = [.. network.Parameters.Select(parameter => parameter.Gradients.ToArray())];
        for (int p = 0; p < gradients.Length; p++)
        {
            double norm = Math.Max(double.Epsilon, Math.Sqrt(gradients[p].Sum(g => (double)g * g)));
            double[] along = [.. gradients[p].Select(g => g / norm)];
            double[] across = [.. gradients[p].Select(_ => random.Gaussian() / Math.Sqrt(gradients[p].Length))];
            foreach (double[] direction in new[] { along, across })
            {
                double step = Math.Min(MostChange / norm, MostMoved), expected = direction.Zip(gradients[p], (d, g) => d * g).Sum();
                double found = Derivative(network.Parameters[p], direction, step, Loss);
                double allowed = Tolerance * norm + LossSpacing(loss) / step;
                Assert.True(
                    Math.Abs(found - expected) <= allowed,
                    $"{network.Parameters[p].Name}: slope {expected} by its gradient, {found} ± {allowed} by the loss.");
            }
        }
    }

    // Both losses are rounded, in the sum over the images and at its end.
    private static double LossSpacing(float loss) => 2 * (MathF.BitIncrement(loss) - loss);

    private static double Derivative(Parameter parameter, double[] direction, double step, Func<float> loss)
    {
        float[] values = parameter.Values.ToArray();
        void Move(double by)
        {
            for (int i = 0; i < values.Length; i++) parameter.Values[i] = (float)(values[i] + by * direction[i]);
        }

        Move(step);
        double above = loss();
        Move(-step);
        double below = loss();
        values.CopyTo(parameter.Values);
        return (above - below) / (2 * step);
    }
}
