namespace NoiseGen.Benchmarks.Contest;

/// <summary>A network of ours. Images come as plain floats: bringing them into lane layout is part of the work that is timed.</summary>
internal sealed class GeneratedContender<TNetwork> : IContender
    where TNetwork : NeuralNetwork, INetwork<TNetwork>
{
    private readonly TNetwork _network;
    private readonly Workload _workload;
    private readonly Adam _adam = new(Training.LearningRate);
    private readonly float[] _logits;
    private uint _draw;

    public GeneratedContender(Workload workload)
    {
        _workload = workload;
        _network = TNetwork.Create(seed: 1, workload.Batch, workload.Threads);
        _logits = new float[workload.Batch * Workload.Classes];
    }

    /// <summary>Copies of the parameters, each in PyTorch's layout, in the order of PyTorch's state dict.</summary>
    public IReadOnlyList<float[]> Parameters => 
        [.. _network.Parameters.Select(parameter => parameter.Values.ToArray()),
            .. _network.Statistics.Select(statistic => statistic.Values.ToArray())];

    public NeuralNetwork Network => _network;

    public void SetSigma(int site, float sigma) => _network.Noise[site].Sigma = sigma;

    public float TrainStep() => _network.TrainStep(_workload.Images, _workload.Labels, _adam).Loss;

    public void Evaluate() => _network.Forward(_workload.Images, _logits, _draw++);

    public float[] Logits()
    {
        Evaluate();
        return [.. _logits];
    }

    public void Dispose() => _network.Dispose();
}
