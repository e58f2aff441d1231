namespace NoiseGen;

// Who uses the network: one call at a time, and one thread alone while something goes on that takes many calls.
public abstract partial class NeuralNetwork
{
    // Reserved: between two calls of the thread that holds the network. Closing: disposed of behind the call that is running.
    private const int Idle = 0, Reserved = 1, Busy = 2, Closing = 3, Disposed = 4;

    private readonly ThreadTeam _team;
    private int _use;
    private int _caller; // the thread of the running call
    private Hold? _hold;

    /// <summary>
    /// Ends the network's threads and gives up the memory that its passes work on. A call that another thread is running ends first; the
    /// next one is refused with an <see cref="ObjectDisposedException"/>. The parameters stay readable. A network that nobody refers to any
    /// more gives back both as well, when the garbage collector finds it.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// Called from inside one of the network's own calls, by a <see cref="BatchSource"/> say.
    /// </exception>
    public void Dispose()
    {
        bool isInside = _caller == Environment.CurrentManagedThreadId || _team.IsMember(Thread.CurrentThread);
        if (isInside && Volatile.Read(ref _use) is Busy or Closing)
            throw new InvalidOperationException($"{Description.Name} cannot be disposed of from inside one of its own calls.");

        var spinner = new SpinWait();
        for (int use = Volatile.Read(ref _use); use != Disposed; use = Volatile.Read(ref _use))
        {
            bool isRunning = use is Busy or Closing;
            Interlocked.CompareExchange(ref _use, isRunning ? Closing : Disposed, use);
            if (isRunning) spinner.SpinOnce();
        }

        _team.Dispose();
        _work.Release();
        Array.Clear(_scratch);
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Keeps the network for the calling thread, over many calls: others are refused between them, too, instead of meeting the next one. A
    /// thread that has it already keeps it.
    /// </summary>
    /// <param name="purpose">What goes on, for who is refused.</param>
    /// <exception cref="InvalidOperationException">Another call or thread is using the network.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    internal Reservation Reserve(string purpose)
    {
        int thread = Environment.CurrentManagedThreadId;
        if (_hold?.Thread == thread) return default;
        using Exclusive use = Enter();
        _hold = new Hold(thread, purpose);
        return new Reservation(this);
    }

    private Exclusive Enter()
    {
        int thread = Environment.CurrentManagedThreadId;
        Hold? hold = Volatile.Read(ref _hold);
        int free = hold?.Thread == thread ? Reserved : Idle;
        int before = Interlocked.CompareExchange(ref _use, Busy, free);
        ObjectDisposedException.ThrowIf(before is Closing or Disposed, this);
        if (before != free) throw Refusal(hold?.Thread == thread ? null : hold);
        _caller = thread;
        return new Exclusive(this);
    }

    private InvalidOperationException Refusal(Hold? other) => new(other is null
        ? $"{Description.Name} is in use by another call: a network serves one caller at a time."
        : $"{Description.Name} is in use by {other.Purpose} on another thread, also between its steps. "
        + "Call the network from that one's progress callback, on the callback's own thread.");

    private readonly ref struct Exclusive(NeuralNetwork network)
    {
        public void Dispose()
        {
            network._batch = network._spanBatch;
            network._caller = 0;
            int free = network._hold is null ? Idle : Reserved;
            if (Interlocked.CompareExchange(ref network._use, free, Busy) == Closing) Volatile.Write(ref network._use, Disposed);
        }
    }

    /// <summary>Ends with the scope in which something takes many calls.</summary>
    internal readonly ref struct Reservation(NeuralNetwork? network)
    {
        public void Dispose()
        {
            if (network is null) return;
            network._hold = null;
            Interlocked.CompareExchange(ref network._use, Idle, Reserved);
        }
    }

    private sealed record Hold(int Thread, string Purpose);
}
