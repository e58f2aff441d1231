using NoiseGen.Benchmarks.Contest;

namespace NoiseGen.Benchmarks.Roofline;

/// <summary>What of a network can be measured: its two passes, conversion of the images, losses and updates included.</summary>
internal static class NetworkProbes
{
    public static IEnumerable<KernelProbe> Of(NeuralNetwork network, Workload workload)
    {
        var adam = new Adam(Training.LearningRate);
        var logits = new float[workload.Batch * Workload.Classes];
        double evaluation = workload.Batch * Flops.Forward(network.Description);
        double training = workload.Batch * Flops.Training(network.Description);
        yield return new KernelProbe("evaluation pass", network.Threads, evaluation, () => network.Forward(workload.Images, logits));
        yield return new KernelProbe("training step", network.Threads, training, () => network.TrainStep(workload.Images, workload.Labels, adam));
    }
}
