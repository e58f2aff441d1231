using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>The parts of a network's stages that the passes use, in execution order.</summary>
internal sealed class Layers
{
    /// <param name="model">The network.</param>
    /// <param name="batchSize">The largest number of images in a batch.</param>
    public Layers(NetworkModel model, int batchSize)
    {
        int blocks = (int)(((long)batchSize + LaneLayout.Lanes - 1) / LaneLayout.Lanes);
        Stage[] stages = model.Stages;
        Linear = [.. Enumerable.Range(0, stages.Length).Where(stage => stages[stage].Description.Linear is not null)
            .Select(stage => MakeLinear(model, stage))];
        Norms = [.. model.Description.Stages.Where(stage => stage.Norm is not null)
            .Select(stage => new BatchNormLayer(stage, model.ParameterMemory, model.GradientMemory, model.StatisticsMemory, blocks))];
        Scales = [.. stages.Where(stage => stage.Description.ActivationQuantizer is { Learned: not null })
            .Select(stage => MakeScale(model, stage, batchSize))];
    }

    public LinearLayer[] Linear { get; }

    public BatchNormLayer[] Norms { get; }

    public LearnedScale[] Scales { get; }

    /// <summary>Whether the pass makes up for the drift of some weights' cells.</summary>
    public bool AreCompensated => Array.Exists(Linear, static layer => layer.Trained.IsCompensated);

    public bool AreQuantized => Array.Exists(Linear, static layer => layer.Trained.IsQuantized);

    /// <summary>Whether the next training step collects learned scales.</summary>
    public bool AreCollecting => Array.Exists(Scales, static scale => scale.IsCollecting);

    /// <summary>Makes the next pass use the current values of the learned scales.</summary>
    public void UseScales()
    {
        foreach (LearnedScale scale in Scales) scale.Use();
    }

    private static LinearLayer MakeLinear(NetworkModel model, int index)
    {
        Stage stage = model.Stages[index];
        var shape = new LinearShape(stage.Description);
        int count = shape.Outputs * shape.Inputs;
        WeightQuantization? quantization =
            stage.Description.WeightQuantizer is null ? null : new(stage.WeightQuantizer, shape.Outputs, shape.Inputs);
        DeviceDescription? device = stage.Description.Device;
        CellArray? cells = device?.Make(new CellArrays(device, index, shape));
        var disturbance = new WeightDisturbance(stage.WeightNoise, device is null ? stage.WeightDrift : null, index, count);
        var weights = new LinearWeights(
            shape, model.ParameterMemory, stage.Description.Weights!.Offset, quantization, cells, disturbance);
        return new LinearLayer(shape, weights, new WeightGradients(stage.Description, shape, model.GradientMemory));
    }

    private sealed class CellArrays(DeviceDescription device, int stage, LinearShape shape) : IDeviceFactory<CellArray>
    {
        public CellArray Make<TDevice>()
            where TDevice : struct, IMemoryDevice => new CellArray<TDevice>(device, stage, shape.Outputs, shape.Inputs);
    }

    private static LearnedScale MakeScale(NetworkModel model, Stage stage, int batchSize) => new(
        stage.Quantizer, model.ParameterMemory, model.GradientMemory, model.StatisticsMemory, stage.Description.MergeOutput.Count,
        batchSize);
}
