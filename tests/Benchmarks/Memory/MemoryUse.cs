using System.Diagnostics;

namespace NoiseGen.Benchmarks.Memory;

/// <summary>Memory of a process that trained, as it goes into the result file.</summary>
/// <param name="Side">NoiseGen or TorchSharp.</param>
/// <param name="Variant">The network's variant.</param>
/// <param name="StartMiB">The largest resident size before there was a network, in MiB: the runtime, its libraries, the images.</param>
/// <param name="PeakMiB">The largest resident size of the whole run.</param>
internal sealed record MemoryUse(string Side, string Variant, double StartMiB, double PeakMiB)
{
    /// <summary>What training added.</summary>
    public double TrainingMiB => PeakMiB - StartMiB;

    /// <summary>The largest resident size of this process up to now, in MiB (VmHWM on Linux).</summary>
    public static double Peak()
    {
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / (double)(1 << 20);
    }
}
