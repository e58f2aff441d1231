namespace NoiseGen;

/// <summary>
/// Everything besides checkpoint and data that the bits of a training run depend on, by name, as text: a run continues from a checkpoint
/// only if all of it is unchanged. All numbers are written so that equal texts mean equal numbers.
/// </summary>
internal static class TrainingSettings
{
    /// <summary>The name of the number of epochs, which a continued run may raise.</summary>
    public const string Epochs = "epochs";

    /// <summary>The settings of a run that is about to begin.</summary>
    public static IReadOnlyList<(string Name, string Value)> Of(
        Trainer trainer, NeuralNetwork network, Optimizer optimizer, BatchSource batches, TrainingRun run) =>
    [
        ("optimizer", optimizer.GetType().Name),
        ("learning rate", InvariantText.Of(run.FirstRate)),
        .. optimizer.Settings,
        ("largest norm of the gradients", optimizer.ClipNorm is { } norm ? InvariantText.Of(norm) : "none"),
        ("learning rate schedule", trainer.LearningRate.ToString()!),
        (Epochs, InvariantText.Of(run.Epochs)),
        ("batches", InvariantText.Of(run.Batches)),
        .. batches.Settings,
        ("noise schedule", trainer.Noise.ToString()!),
        ("distillation", trainer.Distillation is { } one
            ? InvariantText.Of($"from {one.Teacher.Description.Name}, share {one.Share}, temperature {one.Temperature}")
            : "none"),
        .. OfNetwork(network, trainer.Noise),
    ];

    // A schedule sets the sigmas in every epoch; without one, those of the sites stay in force.
    private static IEnumerable<(string Name, string Value)> OfNetwork(NeuralNetwork network, NoiseSchedule noise)
    {
        yield return ("network", network.Description.Name);
        yield return ("Winograd", network.Description.AllowsWinograd ? "allowed" : "not allowed");
        yield return ("seed", InvariantText.Of(network.Seed));
        yield return ("label smoothing", InvariantText.Of(network.LabelSmoothing));
        yield return ("weight limit", network.WeightLimit is { } limit ? InvariantText.Of(limit) : "none");
        if (network.TrainsOnChips)
        {
            yield return ("chips", InvariantText.Of(
                $"programming noise × {network.ProgrammingScale}, stuck off {network.StuckOff}, stuck on {network.StuckOn}"));
        }

        if (noise == NoiseSchedule.None) yield return ("sigma per image", network.Noise.PerImage?.ToString() ?? "none");
        for (int stage = 0; stage < network.Stages.Count; stage++)
            yield return ($"stage {network.Stages[stage].Name}", Declaration(network, stage) + InUse(network.Stages[stage]));
        foreach (NoiseSite site in network.Noise)
            yield return ($"noise {site.Name}", Declaration(site.Description) + InUse(site, noise.SetsSigmas));
    }

    // With the quantizers' bits in use.
    private static string Declaration(NeuralNetwork network, int index)
    {
        StageDescription stage = network.Description.Stages[index];
        List<string> parts =
        [
            DescriptionTable.Operations(stage), NetworkSummary.Quantizers(network.Stages[index]), $"reads {Name(stage.Source)}",
        ];
        if (network.TrainsOnChips && stage.Device is { } device) parts.Add($"on {device}");
        if (stage.Norm is { } norm) parts.Add(InvariantText.Of($"epsilon {norm.Epsilon}, momentum {norm.Momentum}"));
        if (stage.Merge is { } merge) parts.Add($"with {Name(merge.Other)}");
        if (stage.Activation is { Kind: Activation.LeakyRelu } activation) parts.Add(InvariantText.Of($"slope {activation.Slope}"));
        if (stage.Pool is { Kind: PoolKind.Average, CountPadding: false }) parts.Add("padding not counted");
        return string.Join("; ", parts.Where(part => part.Length > 0));

        string Name(int other) => other < 0 ? "the input" : network.Description.Stages[other].Name;
    }

    private static string InUse(Stage stage)
    {
        string text = stage.Description.ActivationQuantizer is not null && !stage.Quantizer.IsLearned
            ? InvariantText.Of($"; scale {stage.Quantizer.Scale}")
            : "";
        if (stage.Description.DropoutRate > 0f) text += InvariantText.Of($"; drops {stage.DropoutRate}");
        if (stage.Description.Linear is null || stage.WeightNoise.TrainSigma == 0f) return text;
        return InvariantText.Of(
            $"{text}; weight noise {stage.WeightNoise.TrainSigma}{(stage.WeightNoise.IsRelative ? " of the largest" : "")}");
    }

    private static string Declaration(NoiseSiteDescription site) =>
        $"{site.Kind}{DescriptionTable.Unit(site.Unit)}{(site.BeforeQuantizer ? " before the quantizer" : "")}";

    private static string InUse(NoiseSite site, bool hasSchedule)
    {
        string text = hasSchedule ? "" : InvariantText.Of($", sigma {site.TrainSigma}");
        if (site.Description.Form == NoiseForm.Combined) text += InvariantText.Of($", additive share {site.AdditiveShare}");
        if (site.Repetitions > 1) text += InvariantText.Of($", {site.Repetitions} repetitions");
        if (site.Device is { } device)
            text += InvariantText.Of($", device {device}{(site.PatternScope == PatternScope.Channel ? ", by channel" : "")}");
        return text + (site.NormalizesToInputSize ? ", normalized to the input's size" : "");
    }
}
