namespace NoiseGen.Benchmarks.Contest;

/// <summary>A contender and the thread that it lives on.</summary>
internal sealed record Side(string Name, Corner Corner, IContender Contender) : IDisposable
{
    /// <summary>Runs work on this side's thread.</summary>
    public T Run<T>(Func<IContender, T> work) => Corner.Run(() => work(Contender));

    public void Dispose() => Corner.Run(Contender.Dispose);
}
