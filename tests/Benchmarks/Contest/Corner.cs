using System.Collections.Concurrent;

namespace NoiseGen.Benchmarks.Contest;

/// <summary>
/// A thread of its own for one side. With OMP_PROC_BIND, OpenMP ties the thread that calls it to one processor,
/// and threads started from there inherit that: on a shared thread one side's affinity would slow the other.
/// </summary>
internal sealed class Corner : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;

    public Corner(string name)
    {
        _thread = new Thread(Serve) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>Runs work on this corner's thread and waits for its result.</summary>
    public T Run<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>();
        _work.Add(() =>
        {
            try { done.SetResult(work()); }
            catch (Exception exception) { done.SetException(exception); }
        });
        return done.Task.GetAwaiter().GetResult();
    }

    /// <summary>Runs work on this corner's thread and waits for its end.</summary>
    public void Run(Action work) => Run(() =>
    {
        work();
        return true;
    });

    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }

    private void Serve()
    {
        foreach (Action work in _work.GetConsumingEnumerable()) work();
    }
}
