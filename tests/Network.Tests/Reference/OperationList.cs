namespace NoiseGen.Tests.Reference;

/// <summary>The order in which a description's operations are computed.</summary>
internal static class OperationList
{
    public static IEnumerable<Operation> Of(NetworkDescription description)
    {
        int parameters = 0;
        foreach (Operation noise in NoiseAt(description, -1, Sites.Input)) yield return noise;
        for (int i = 0; i < description.Stages.Length; i++)
        {
            foreach (Operation operation in OfStage(description, i, parameters)) yield return operation;
            parameters += description.Stages[i].Parameters.Length;
        }
    }

    private static IEnumerable<Operation> OfStage(NetworkDescription description, int index, int parameters)
    {
        StageDescription stage = description.Stages[index];
        if (stage.Linear is not null) yield return Linear(stage, parameters);
        foreach (Operation noise in NoiseAt(description, index, Sites.Linear)) yield return noise;
        if (stage.Activation == Activation.Relu) yield return new ReluOperation();
        if (stage.ActivationQuantizer is { } quantizer) yield return new ActivationQuantizerOperation(quantizer);
        foreach (Operation noise in NoiseAt(description, index, Sites.Activation)) yield return noise;
        if (stage.Pool is { } pool) yield return Pool(stage, pool);
        foreach (Operation noise in NoiseAt(description, index, Sites.Pool)) yield return noise;
    }

    private static LinearOperation Linear(StageDescription stage, int parameters)
    {
        LinearOperation operation = stage.Linear switch
        {
            LinearDescription.Conv2d conv => new ConvolutionOperation(parameters, conv, stage.Input, stage.LinearOutput),
            LinearDescription.Dense dense => new DenseOperation(parameters, stage.Input.Count, dense.Features),
            _ => throw new InvalidOperationException($"Unknown linear operation {stage.Linear}."),
        };
        if (stage.WeightQuantizer is { } quantizer) operation.Quantizer = new WeightQuantizer(quantizer, stage.LinearOutput.Channels);
        return operation;
    }

    private static Operation Pool(StageDescription stage, PoolDescription pool) => pool.Kind switch
    {
        PoolKind.Max => new MaxPoolOperation(pool, stage.LinearOutput, stage.Output),
        PoolKind.Average => new AveragePoolOperation(pool, stage.LinearOutput, stage.Output),
        _ => throw new InvalidOperationException($"Unknown pool {pool.Kind}."),
    };

    private static IEnumerable<Operation> NoiseAt(NetworkDescription description, int stage, Sites site)
    {
        for (int i = 0; i < description.NoiseSites.Length; i++)
        {
            if (description.NoiseSites[i].Stage == stage && description.NoiseSites[i].Site == site)
                yield return new NoiseOperation(description.NoiseSites[i], i);
        }
    }
}
