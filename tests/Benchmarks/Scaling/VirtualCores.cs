namespace NoiseGen.Benchmarks.Scaling;

/// <summary>
/// Schedules a step's pieces on any number of cores as the runtime does: every phase ends with a barrier; each thread begins with a share
/// of its own and then takes what others have not begun. Cores do not slow each other down here, as they do where they wait for memory:
/// what comes out is an upper bound.
/// </summary>
/// <param name="Cores">Number of cores, one thread on each.</param>
/// <param name="Barrier">What starting and ending a phase costs, in microseconds.</param>
internal sealed record VirtualCores(int Cores, double Barrier)
{
    /// <summary>How long a step takes, in microseconds.</summary>
    public double Time(StepTrace step) => step.After + step.Phases.Sum(phase => phase.Before + Time(phase.Pieces));

    /// <summary>How long a phase takes.</summary>
    public double Time(double[] pieces) => Barrier + Makespan(pieces);

    private double Makespan(double[] pieces)
    {
        int[] taken = new int[Cores];
        var threads = new PriorityQueue<int, (double Free, int Thread)>();
        for (int thread = 0; thread < Cores; thread++) threads.Enqueue(thread, (0, thread));
        double end = 0;
        while (threads.TryDequeue(out int thread, out (double Free, int Thread) at))
        {
            if (Take(pieces.Length, thread, taken) is not { } piece) continue;
            double free = at.Free + pieces[piece];
            end = Math.Max(end, free);
            threads.Enqueue(thread, (free, thread));
        }

        return end;
    }

    // As the runtime's Pieces.
    private int? Take(int count, int thread, int[] taken)
    {
        for (int i = 0; i < Cores; i++)
        {
            int owner = (thread + i) % Cores;
            int start = Start(count, owner), length = Start(count, owner + 1) - start;
            if (taken[owner] < length) return start + taken[owner]++;
        }

        return null;
    }

    private int Start(int count, int thread) => (int)((long)count * thread / Cores);
}
