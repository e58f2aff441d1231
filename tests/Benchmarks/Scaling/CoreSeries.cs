using System.Diagnostics;
using NoiseGen.Benchmarks.Contest;
using NoiseGen.Benchmarks.Networks;

namespace NoiseGen.Benchmarks.Scaling;

/// <summary>A training step on numbers of cores, most of which this machine does not have.</summary>
/// <param name="Network">The network.</param>
/// <param name="Batch">Images a step.</param>
internal sealed record CoreSeries(BenchmarkNetwork Network, int Batch)
{
    // Assumed of more threads than this machine has processors.
    private const double AssumedBarrier = 2;

    private const int FewestSteps = 7;
    private const int MostSteps = 101;
    private static readonly TimeSpan s_enough = TimeSpan.FromSeconds(6);

    private readonly Workload _workload = Workload.Synthetic(Network.Description.Input, Batch, threads: 1);

    /// <summary>
    /// Traces a step cut for so many threads, in turns with one that is cut for a single thread,
    /// and times both with real threads where there are as many processors.
    /// </summary>
    public CorePoint Measure(int cores)
    {
        using Traced one = Trace(1), many = Trace(cores);
        long start = Stopwatch.GetTimestamp();
        for (int step = 0; step < MostSteps && (step < FewestSteps || Stopwatch.GetElapsedTime(start) < s_enough); step++)
        {
            one.Step();
            many.Step();
        }

        StepTrace single = StepTrace.Of(one.Steps), cut = StepTrace.Of(many.Steps);
        double barrier = BarrierOf(cores);
        var schedule = new VirtualCores(cores, barrier);
        return new CorePoint(
            Network.Name, Batch, cores, single.Total / 1e3, cut.Total / 1e3, schedule.Time(cut) / 1e3, cut.Phases.Count, barrier,
            cores <= Environment.ProcessorCount ? Real(cores) : null, Losses(cut, schedule));
    }

    // What each kind of phase takes beyond an even share of its work.
    private static IReadOnlyList<PhaseLoss> Losses(StepTrace step, VirtualCores cores) =>
    [
        .. step.Phases.GroupBy(phase => phase.Name)
            .Select(phases => new PhaseLoss(
                phases.Key, phases.Count(), phases.Sum(phase => phase.Work) / 1e3, phases.Sum(phase => cores.Time(phase.Pieces)) / 1e3))
            .Append(new PhaseLoss("caller alone", 1, Alone(step), Alone(step)))
            .OrderByDescending(loss => loss.Time - loss.Work / cores.Cores),
    ];

    private static double Alone(StepTrace step) => (step.After + step.Phases.Sum(phase => phase.Before)) / 1e3;

    private static double BarrierOf(int cores)
    {
        if (cores > Environment.ProcessorCount) return AssumedBarrier;
        const int Rounds = 10_000;
        using var team = new ThreadTeam(cores);
        double[] times = Repeat.Time(() => { for (int i = 0; i < Rounds; i++) team.Run(static _ => { }); }, 5);
        return times.Min() * 1e3 / Rounds;
    }

    // The speed-up by the clock, steps of one thread and of all in turns.
    private double Real(int cores)
    {
        using NeuralNetwork one = Network.Create(1, Batch, 1), many = Network.Create(1, Batch, cores);
        Action oneStep = StepOf(one), manySteps = StepOf(many);
        Repeat.WarmUp(oneStep);
        Repeat.WarmUp(manySteps);
        List<double> ones = [], all = [];
        long start = Stopwatch.GetTimestamp();
        for (int step = 0; step < MostSteps && (step < FewestSteps || Stopwatch.GetElapsedTime(start) < s_enough); step++)
        {
            ones.AddRange(Repeat.Time(oneStep, 1));
            all.AddRange(Repeat.Time(manySteps, 1));
        }

        return Timing.Of(ones).Median / Timing.Of(all).Median;
    }

    private Action StepOf(NeuralNetwork network)
    {
        var adam = new Adam(Training.LearningRate);
        return () => network.TrainStep(_workload.Images, _workload.Labels, adam);
    }

    private Traced Trace(int threads)
    {
        NeuralNetwork network = Network.Create(1, Batch, threads);
        return new Traced(network, StepOf(network));
    }

    /// <summary>A network whose steps are traced.</summary>
    private sealed class Traced : IDisposable
    {
        private readonly NeuralNetwork _network;
        private readonly Action _step;
        private readonly PhaseTrace _trace = new();
        private readonly List<TracedStep> _steps = [];

        public Traced(NeuralNetwork network, Action step)
        {
            (_network, _step) = (network, step);
            network.Trace = _trace;
            Repeat.WarmUp(step);
        }

        public IReadOnlyList<TracedStep> Steps => _steps;

        // The first step after the other network's finds its caches cold.
        public void Step()
        {
            _step();
            _trace.Clear();
            _step();
            long after = _trace.TicksSinceLastPhase();
            _steps.Add(new TracedStep([.. _trace.Phases], after));
        }

        public void Dispose() => _network.Dispose();
    }
}
