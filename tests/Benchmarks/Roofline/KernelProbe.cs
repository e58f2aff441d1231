namespace NoiseGen.Benchmarks.Roofline;

/// <summary>A piece of a network that can be run alone.</summary>
/// <param name="Name">Name in the table.</param>
/// <param name="Threads">Threads that it uses.</param>
/// <param name="Flops">Multiplications and additions of one run, by the textbook: 2 for each weight and output it meets.</param>
/// <param name="Run">Runs it once.</param>
internal sealed record KernelProbe(string Name, int Threads, double Flops, Action Run);
