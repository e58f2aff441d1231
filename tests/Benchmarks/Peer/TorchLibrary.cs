using NoiseGen.Benchmarks.Contest;
using static TorchSharp.torch;

namespace NoiseGen.Benchmarks.Peer;

/// <summary>libtorch, which may be too new for the system.</summary>
internal static class TorchLibrary
{
    /// <summary>Loads it.</summary>
    /// <param name="threads">Threads that it may use.</param>
    /// <exception cref="ContestException">It does not load;
    /// TorchSharp's own message blames a missing package where a system library is too old.</exception>
    public static void Load(int threads)
    {
        try
        {
            set_num_threads(threads);
        }
        catch (Exception exception) when (exception is TypeInitializationException or NotSupportedException or DllNotFoundException)
        {
            throw new ContestException(
                "TorchSharp's native library does not load. On Linux it needs the glibc and libstdc++ (GLIBCXX_3.4.32) of Ubuntu 24.04, "
                    + "Debian 13 or newer.");
        }
    }
}
