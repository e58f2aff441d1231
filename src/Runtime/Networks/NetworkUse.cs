namespace NoiseGen;

/// <summary>Guards a network against concurrent use: one call at a time, and one thread during an operation of many calls.</summary>
/// <param name="network">The network's class.</param>
/// <param name="name">Its name, for error messages.</param>
internal sealed class NetworkUse(Type network, string name)
{
    // Reserved: between two calls of the thread that holds the network. Closing: disposed of while a call is running.
    private const int Idle = 0, Reserved = 1, Busy = 2, Closing = 3, Disposed = 4;

    private int _state;
    private int _caller; // the thread of the running call
    private Hold? _hold;

    private bool IsBusy => Volatile.Read(ref _state) is Busy or Closing;

    /// <summary>Begins a call, which ends when the result is disposed of.</summary>
    /// <exception cref="InvalidOperationException">Another call or thread is using the network.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public Call Enter()
    {
        int thread = Environment.CurrentManagedThreadId;
        Hold? hold = Volatile.Read(ref _hold);
        int free = hold?.Thread == thread ? Reserved : Idle;
        int before = Interlocked.CompareExchange(ref _state, Busy, free);
        ObjectDisposedException.ThrowIf(before is Closing or Disposed, network);
        if (before != free) throw Refusal(hold?.Thread == thread ? null : hold);
        _caller = thread;
        return new Call(this);
    }

    /// <summary>
    /// Reserves the network for the calling thread over many calls: other threads are also rejected between the calls. A thread that
    /// already holds it keeps it.
    /// </summary>
    /// <param name="purpose">What the thread does, for error messages.</param>
    /// <exception cref="InvalidOperationException">Another call or thread is using the network.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public Reservation Reserve(string purpose)
    {
        int thread = Environment.CurrentManagedThreadId;
        if (_hold?.Thread == thread) return default;
        using Call call = Enter();
        _hold = new Hold(thread, purpose);
        return new Reservation(this);
    }

    /// <summary>Waits for the running call, and rejects all others.</summary>
    /// <param name="engine">The engine whose threads may be those of the running call.</param>
    /// <exception cref="InvalidOperationException">Called from inside the running call.</exception>
    public void Close(Engine engine)
    {
        bool isInside = _caller == Environment.CurrentManagedThreadId || engine.IsMember(Thread.CurrentThread);
        if (isInside && IsBusy) throw new InvalidOperationException($"{name} cannot be disposed of from inside one of its own calls.");

        var spinner = new SpinWait();
        for (int state = Volatile.Read(ref _state); state != Disposed; state = Volatile.Read(ref _state))
        {
            bool isRunning = state is Busy or Closing;
            Interlocked.CompareExchange(ref _state, isRunning ? Closing : Disposed, state);
            if (isRunning) spinner.SpinOnce();
        }
    }

    private InvalidOperationException Refusal(Hold? other) => new(other is null
        ? $"{name} is in use by another call: a network serves one caller at a time."
        : $"{name} is in use by {other.Purpose} on another thread, also between its steps. "
        + "Call the network from that one's progress callback, on the callback's own thread.");

    private void Leave()
    {
        _caller = 0;
        int free = _hold is null ? Idle : Reserved;
        if (Interlocked.CompareExchange(ref _state, free, Busy) == Closing) Volatile.Write(ref _state, Disposed);
    }

    private void Release()
    {
        _hold = null;
        Interlocked.CompareExchange(ref _state, Idle, Reserved);
    }

    /// <summary>A call, until it is disposed of.</summary>
    internal readonly ref struct Call(NetworkUse use)
    {
        public void Dispose() => use.Leave();
    }

    /// <summary>The scope of an operation of many calls.</summary>
    internal readonly ref struct Reservation(NetworkUse? use)
    {
        public void Dispose() => use?.Release();
    }

    private sealed record Hold(int Thread, string Purpose);
}
