namespace NoiseGen.Tests.Reference;

/// <summary>The order in which a description's operations are computed, and what each of them reads.</summary>
internal sealed class NodeList
{
    private readonly NetworkDescription _description;
    private readonly List<ReferenceNode> _nodes = [];
    private readonly int[] _outputs;

    private NodeList(NetworkDescription description) => (_description, _outputs) = (description, new int[description.Stages.Length]);

    public static IReadOnlyList<ReferenceNode> Of(NetworkDescription description)
    {
        var list = new NodeList(description);
        list.AddStages();
        return list._nodes;
    }

    private void AddStages()
    {
        int input = AddNoise(-1, Sites.Input, -1);
        int Output(int stage) => stage < 0 ? input : _outputs[stage];
        int parameters = 0, statistics = 0;
        for (int i = 0; i < _outputs.Length; i++)
        {
            StageDescription stage = _description.Stages[i];
            int last = Output(stage.Source);
            if (stage.Linear is not null) last = Add(Linear(stage, parameters), last);
            last = AddNoise(i, Sites.Linear, last);
            parameters += new[] { stage.Weights, stage.Biases }.Count(parameter => parameter is not null);
            if (stage.Norm is { } norm)
            {
                last = Add(new ReferenceNode.Norm(new BatchNormOperation(norm, parameters, stage.LinearOutput), last));
                parameters += 2;
            }

            last = AddNoise(i, Sites.Norm, last);
            if (stage.Merge is { } merge)
            {
                int others = merge.Kind == MergeKind.Sum ? 0 : stage.MergeOutput.Count - stage.LinearOutput.Count;
                last = Add(new ReferenceNode.Merge(merge.Kind, last, Output(merge.Other), others));
            }

            last = AddNoise(i, Sites.Sum, last);
            if (stage.Activation is { } activation) last = Add(Activation(activation), last);
            bool noiseFirst =
                _description.NoiseSites.Any(site => site.Stage == i && site is { Site: Sites.Activation, BeforeQuantizer: true });
            if (noiseFirst) last = AddNoise(i, Sites.Activation, last);
            if (stage.ActivationQuantizer is { } quantizer)
                last = Quantizer(quantizer, noiseFirst, last, ref parameters, statistics + (stage.Norm is null ? 0 : 2));
            statistics += stage.Statistics.Count();
            if (!noiseFirst) last = AddNoise(i, Sites.Activation, last);
            if (stage.Pool is { } pool) last = Add(Pool(stage, pool), last);
            last = AddNoise(i, Sites.Pool, last);
            if (stage.DropoutRate > 0) last = Add(new DropoutOperation(i, stage.Output, stage.DropoutRate), last);
            _outputs[i] = last;
        }
    }

    private int Quantizer(ActivationQuantizerDescription quantizer, bool isBehindNoise, int input, ref int parameters, int statistics) =>
        quantizer.Learned is null
        ? Add(new ActivationQuantizerOperation(quantizer) { BehindNoise = isBehindNoise }, input)
        : Add(new ReferenceNode.Scale(
            new LearnedScaleOperation(quantizer, parameters++, statistics) { BehindNoise = isBehindNoise }, input));

    private int Add(Operation operation, int input) => Add(new ReferenceNode.Single(operation, input));

    private int Add(ReferenceNode node)
    {
        _nodes.Add(node);
        return _nodes.Count - 1;
    }

    private int AddNoise(int stage, Sites site, int input)
    {
        for (int i = 0; i < _description.NoiseSites.Length; i++)
        {
            NoiseSiteDescription noise = _description.NoiseSites[i];
            if (noise.Stage == stage && noise.Site == site) return Add(new NoiseOperation(noise, i), input);
        }

        return input;
    }

    private static LinearOperation Linear(StageDescription stage, int parameters)
    {
        LinearOperation operation = stage.Linear switch
        {
            LinearDescription.Conv2d conv => new ConvolutionOperation(parameters, conv, stage.Input, stage.LinearOutput),
            LinearDescription.Dense dense => new DenseOperation(parameters, dense.HasBiases, stage.Input.Count, dense.Features),
            _ => throw new InvalidOperationException($"Unknown linear operation {stage.Linear}."),
        };
        if (stage.WeightQuantizer is { } quantizer)
            operation.Quantizer = new ReferenceWeightQuantizer(quantizer, stage.LinearOutput.Channels);
        return operation;
    }

    private static Operation Activation(ActivationDescription activation) => activation.Kind switch
    {
        NoiseGen.Activation.Relu => new ReluOperation(),
        NoiseGen.Activation.LeakyRelu => new LeakyReluOperation(activation.Slope),
        NoiseGen.Activation.Sigmoid => new SmoothOperation(x => 1 / (1 + Math.Exp(-x)), y => y * (1 - y)),
        NoiseGen.Activation.Tanh => new SmoothOperation(Math.Tanh, y => 1 - y * y),
        _ => throw new InvalidOperationException($"Unknown activation {activation.Kind}."),
    };

    private static Operation Pool(StageDescription stage, PoolDescription pool) => pool.Kind switch
    {
        PoolKind.Max => new MaxPoolOperation(pool, stage.MergeOutput, stage.Output),
        PoolKind.Average => new AveragePoolOperation(pool, stage.MergeOutput, stage.Output),
        _ => throw new InvalidOperationException($"Unknown pool {pool.Kind}."),
    };
}
