namespace NoiseGen.Benchmarks.Contest;

/// <summary>The two sides do not do the same work, or one of them does not learn: a ratio of their times would mean nothing.</summary>
internal sealed class ContestException(string message) : Exception(message);
