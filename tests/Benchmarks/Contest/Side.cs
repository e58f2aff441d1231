namespace NoiseGen.Benchmarks.Contest;

/// <summary>A contender and the thread that it lives on.</summary>
internal sealed class Side : IDisposable
{
    public Side(string name, Corner corner, Func<IContender> create)
    {
        Name = name;
        Corner = corner;
        Contender = corner.Run(create);
    }

    public string Name { get; }

    public Corner Corner { get; }

    public IContender Contender { get; }

    /// <summary>Runs work on this side's thread.</summary>
    public T Run<T>(Func<IContender, T> work) => Corner.Run(() => work(Contender));

    public void Dispose() => Corner.Run(() =>
    {
        Contender.Dispose();
        return true;
    });
}
