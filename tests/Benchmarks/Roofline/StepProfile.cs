using System.Diagnostics;
using NoiseGen.Benchmarks.Contest;
using NoiseGen.Benchmarks.Networks;
using NoiseGen.Benchmarks.Tracing;

namespace NoiseGen.Benchmarks.Roofline;

/// <summary>Where the time of a network's training step goes.</summary>
/// <param name="Network">The network.</param>
/// <param name="Step">The step without time stamps, in milliseconds.</param>
/// <param name="TracedStep">The step with them.</param>
/// <param name="Calls">The timed calls, with what each takes in a step.</param>
/// <param name="Load">Bringing the images into lanes.</param>
/// <param name="Update">The optimizer's update.</param>
internal sealed record StepProfile(
    NetworkDescription Network, Timing Step, Timing TracedStep, IReadOnlyList<(CallSite Site, CallTime Time)> Calls,
    CallTime Load, CallTime Update)
{
    private const int FewestSteps = 7;
    private const int MostSteps = 60;
    private static readonly TimeSpan s_enough = TimeSpan.FromSeconds(20);

    /// <summary>Measures a variant of a network.</summary>
    public static StepProfile Measure(string network, Variant variant, Workload workload)
    {
        TracedNetwork traced = TracedNetwork.Of(network, variant);
        int load = traced.Sites.Count, update = load + 1;
        using var trace = new CallTrace();
        using NeuralNetwork withStamps = traced.Create(trace, workload.Batch, workload.Threads);
        var batch = new TracedBatch(traced.Description.Input, workload, trace, load);
        var tracedAdam = new TracedAdam(Training.LearningRate, trace, update);
        using NeuralNetwork plain = BenchmarkNetworks.Find(network, variant).Create(1, workload.Batch, workload.Threads);
        var adam = new Adam(Training.LearningRate);
        foreach (NoiseSite site in withStamps.Noise.Concat(plain.Noise)) site.Sigma = Training.Sigma;

        Repeat.WarmUp(() => plain.TrainStep(workload.Images, workload.Labels, adam));
        Repeat.WarmUp(() => withStamps.TrainStep(batch, tracedAdam));
        trace.Clear();
        var steps = new List<double>();
        var tracedSteps = new List<double>();
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < MostSteps && (i < FewestSteps || Stopwatch.GetElapsedTime(start) < s_enough); i++)
        {
            steps.Add(Milliseconds(() => plain.TrainStep(workload.Images, workload.Labels, adam)));
            tracedSteps.Add(Milliseconds(() => withStamps.TrainStep(batch, tracedAdam)));
            trace.EndStep();
        }

        CallTime[] times = trace.Medians(update + 1);
        return new StepProfile(
            traced.Description, Timing.Of(steps), Timing.Of(tracedSteps), [.. traced.Sites.Zip(times)], times[load], times[update]);
    }

    private static double Milliseconds(Action step)
    {
        long start = Stopwatch.GetTimestamp();
        step();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
