using System.Globalization;

namespace NoiseGen;

/// <summary>The errors of a training that has diverged: where, since when, and what to try.</summary>
internal static class Divergence
{
    /// <summary>
    /// A step's loss is NaN or infinite; the first stage with such outputs is named if it is known, −1 for the network's input.
    /// </summary>
    public static TrainingDivergedException OfLoss(float loss, TrainingRun run, Optimizer optimizer, NeuralNetwork network, int? first)
    {
        string place =
            $"The loss became {Text(loss)} at step {run.Step} (epoch {run.Epoch + 1} of {run.Epochs}, batch {run.Batch} of {run.Batches})";
        if (first is not { } stage) return Of(loss, run, null, $"{place}. {Remedy(optimizer, network.Noise)}");
        if (stage < 0)
            return Of(loss, run, "Input", $"{place}; the noise at the network's input is infinite. {Remedy(optimizer, network.Noise)}");

        StageDescription description = network.Description.Stages[stage];
        string? tensor = description.Parameters.Concat(description.Statistics).Select(tensor => tensor.Name)
            .FirstOrDefault(network.IsNotFinite);
        string cause = tensor is null ? "its values outgrew single precision" : $"{tensor} is not finite";
        string remedy = tensor is not null && run.Step == 1
            ? $"{tensor} was so before the first step: look at what was loaded or set."
            : Remedy(optimizer, network.Noise);
        return Of(
            loss, run, description.Name,
            $"{place}; the first values that are not finite are those of stage {description.Name}: {cause}. {remedy}");
    }

    /// <summary>A parameter or running statistic has a value that is NaN or infinite, before a loss has shown it.</summary>
    public static TrainingDivergedException OfTensor(string tensor, NeuralNetwork network, TrainingRun run, Optimizer optimizer)
    {
        string stage = network.Description.Stages.First(stage => stage.Parameters.Concat(stage.Statistics).Any(one => one.Name == tensor))
            .Name;
        return Of(float.NaN, run, stage, run.Step == 0
            ? $"{tensor} is not finite before the first step: look at what was loaded or set."
            : $"{tensor} is not finite any more after step {run.Step}; the checkpoint keeps what it had "
                + $"before. {Remedy(optimizer, network.Noise)}");
    }

    private static TrainingDivergedException Of(float loss, TrainingRun run, string? stage, string message) =>
        new(loss, (int)(Math.Max(0, run.Step - 1) / run.Batches) + 1, run.Step, stage, message);

    private static string Remedy(Optimizer optimizer, NoiseSites sites)
    {
        float sigma = sites.Count == 0 ? 0f : sites.Max(site => site.TrainSigma);
        string noise = sigma > 0f ? $", or training noise weaker than σ = {Text(sigma)}" : "";
        return $"Try a learning rate below {Text(optimizer.LearningRate)}{noise}.";
    }

    private static string Text(float value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
