using System.Globalization;
using NoiseGen.Benchmarks.Contest;
using NoiseGen.Benchmarks.Networks;
using Spectre.Console;

namespace NoiseGen.Benchmarks.Peer;

/// <summary>Compares networks with <see cref="TorchReference"/> and keeps a table of the largest errors.</summary>
internal sealed class Verification : IVariantAction
{
    /// <summary>Largest error as a share of the tensor's largest value.</summary>
    public const double Allowed = 1e-3;

    // Of the network's largest gradient: what double leaves of a sum that is zero, such as that of a bias before a norm.
    private const double Cancelled = 1e-10;

    // In steps of a weight's quantizer: nearer to a rounding boundary, float and double may round differently.
    // A weight is then made smaller.
    private const double SettledDistance = 1e-3;

    // A deep network has 10^5 decisions for an image. Few images, and the best of many draws, keep all of them clear of float errors.
    private const int Draws = 32;

    // About the quantizers' steps. Norms give values around 1:
    // a deep network uses a few levels, with boundaries far enough apart to be avoided.
    private const float Scale = 0.05f, DeepScale = 0.5f;

    private string _network = "";

    public bool Failed { get; private set; }

    public Table Table { get; } = new Table { Title = new TableTitle("Largest errors beside TorchSharp in double precision") }
        .AddColumns("network", "variant", "compared").AddColumn(Right("error")).AddColumn("in").AddColumn(Right("images"))
        .AddColumn(Right("kink distance"));

    public void Of(string network)
    {
        _network = network;
        BenchmarkNetworks.ForEachVariant(network, this);
    }

    public void Run<TNetwork>(Variant variant)
        where TNetwork : NeuralNetwork, INetwork<TNetwork>
    {
        if (variant.Noise) return; // TorchSharp draws other noise.
        bool isDeep = _network is not ("lenet5" or "mlp");
        int batch = isDeep ? 4 : 16;
        Workload draws = Workload.Synthetic(BenchmarkNetworks.InputOf(_network), batch * Draws, Environment.ProcessorCount);
        using TNetwork network = TNetwork.Create(seed: 1, batch, Environment.ProcessorCount);
        foreach (Stage stage in network.Stages)
        {
            if (stage.Description.ActivationQuantizer is not null) stage.Quantizer.Scale = isDeep ? DeepScale : Scale;
            if (stage.Description.WeightQuantizer is { } quantizer)
                Settle(stage.Weights.Values, quantizer, stage.Description.LinearOutput.Channels);
        }

        using var reference = TorchReference.Of(network);
        Copy(network, reference);
        (float[] images, int[] labels, double distance) = Best(draws, batch, reference, reference.Pass);
        Gradients(network, reference, variant, images, labels, distance);

        // Evaluation needs running statistics that fit the weights.
        reference.Pass(images, batch);
        foreach ((Statistic statistic, float[] values) in network.Statistics.Zip(reference.BatchStatistics))
            values.CopyTo(statistic.Values);
        Copy(network, reference);
        (images, _, distance) = Best(draws, batch, reference, (candidates, count) => reference.Logits(candidates, count));
        float[] logits = new float[batch * Workload.Classes];
        network.Forward(images, logits);
        double[] expected = reference.Logits(images, batch);
        Report(variant, "logits", "logits", Error(expected, logits) / Largest(expected), batch, distance);
    }

    private static void Copy(NeuralNetwork network, TorchReference reference) => reference.Load(
    [
        .. network.Parameters.Select(parameter => parameter.Values.ToArray()),
        .. network.Statistics.Select(statistic => statistic.Values.ToArray()),
    ]);

    private void Gradients(NeuralNetwork network, TorchReference reference, Variant variant, float[] images, int[] labels, double distance)
    {
        StepResult step = network.ComputeGradients(images, labels);
        (double loss, double[][] expected) = reference.ComputeGradients(images, labels);
        Report(variant, "loss", "loss", Math.Abs(step.Loss - loss) / loss, labels.Length, distance);
        double largest = expected.Max(Largest);
        (double error, string name) = network.Parameters
            .Select((parameter, i) => (Error(expected[i], parameter.Gradients) / (Largest(expected[i]) < Cancelled * largest
                ? largest : Largest(expected[i])), parameter.Name))
            .MaxBy(one => double.IsNaN(one.Item1) ? double.PositiveInfinity : one.Item1);
        Report(variant, $"{expected.Length} gradients", name, error, labels.Length, distance);
    }

    // The draw that stays farthest from all kinks.
    private static (float[] Images, int[] Labels, double Distance) Best(
        Workload draws, int batch, TorchReference reference, Action<float[], int> pass)
    {
        int length = draws.Images.Length / Draws;
        (int Draw, double Distance) best = (0, -1);
        for (int draw = 0; draw < Draws; draw++)
        {
            pass(draws.Images[(draw * length)..((draw + 1) * length)], batch);
            if (reference.KinkDistance > best.Distance) best = (draw, reference.KinkDistance);
        }

        return (draws.Images[(best.Draw * length)..((best.Draw + 1) * length)],
            draws.Labels[(best.Draw * batch)..((best.Draw + 1) * batch)], best.Distance);
    }

    private void Report(Variant variant, string compared, string tensor, double error, int images, double distance)
    {
        bool passes = error <= Allowed;
        Failed |= !passes;
        Table.AddRow(
            _network, variant.Name, compared, passes ? $"{Short(error)}" : $"[red]{Short(error)}[/]", Markup.Escape(tensor),
            $"{images}", Short(distance));
    }

    private static string Short(double value) => value.ToString("0.0e-0", CultureInfo.InvariantCulture);

    private static void Settle(Span<float> weights, WeightQuantizerDescription quantizer, int channels)
    {
        int groups = quantizer.PerChannel ? channels : 1, length = weights.Length / groups;
        for (int group = 0; group < groups; group++)
        {
            Span<float> part = weights.Slice(group * length, length);
            double largest = 0;
            foreach (float weight in part) largest = Math.Max(largest, Math.Abs(weight));
            double scale = largest / ((1 << (quantizer.Bits - 1)) - 1);
            foreach (ref float weight in part)
                while (Math.Abs(Math.Abs(weight / scale) % 1 - 0.5) < SettledDistance) weight *= 0.99f;
        }
    }

    private static double Largest(double[] values) => values.Max(Math.Abs);

    private static double Error(double[] expected, ReadOnlySpan<float> actual)
    {
        double error = 0;
        for (int i = 0; i < expected.Length; i++) error = Math.Max(error, Math.Abs(expected[i] - actual[i])); // a NaN stays one
        return error;
    }

    private static TableColumn Right(string header) => new TableColumn(header).RightAligned();
}
