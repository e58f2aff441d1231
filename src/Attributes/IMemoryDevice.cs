#if NOISEGEN_GENERATOR
namespace NoiseGen;

/// <summary>Stands in for the runtime's interface, which the generator knows only by name.</summary>
public interface IMemoryDevice;
#else
using System.Runtime.Intrinsics;

namespace NoiseGen;

/// <summary>
/// A kind of memory cell: a struct without fields, named in <see cref="DeviceAttribute{TDevice}"/>. Its methods compute sixteen cells at a
/// time. Conductances are relative to the largest, from 0 to 1; those below 0 that a method returns become 0.
/// </summary>
/// <remarks>
/// Use <see cref="LaneMath"/> for logarithms and exponentials: other functions may give other bits on another processor.
/// </remarks>
public interface IMemoryDevice
{
    /// <summary>The conductances right after programming.</summary>
    /// <param name="targets">What they should be, 0 … 1.</param>
    /// <param name="samples">Independent standard Gaussian samples of the chip, times <see cref="NeuralNetwork.ProgrammingScale"/>.</param>
    static abstract Vector512<float> Programmed(Vector512<float> targets, Vector512<float> samples);

    /// <summary>The conductances after some time, without the fluctuations of reading.</summary>
    /// <param name="programmed">The conductances right after programming, at least 0.</param>
    /// <param name="targets">What they should be, 0 … 1.</param>
    /// <param name="age">The time since then.</param>
    /// <param name="programmingSamples">The samples that <see cref="Programmed"/> was given.</param>
    /// <param name="samples">Other samples of the chip: the same at every age, so that a cell ages along one path.</param>
    static abstract Vector512<float> Aged(
        Vector512<float> programmed, Vector512<float> targets, in CellAge age, Vector512<float> programmingSamples,
        Vector512<float> samples);

    /// <summary>The standard deviation of what is read around the aged conductances, at least 0.</summary>
    /// <param name="aged">The aged conductances, at least 0.</param>
    /// <param name="targets">What they should be, 0 … 1.</param>
    /// <param name="age">The time since programming.</param>
    static abstract Vector512<float> ReadDeviation(Vector512<float> aged, Vector512<float> targets, in CellAge age);
}

/// <summary>The time since a chip was programmed, in every lane.</summary>
/// <param name="Seconds">Seconds, at least 0.</param>
/// <param name="DriftScale">Multiple of the model's drift, <see cref="NeuralNetwork.DriftScale"/>.</param>
public readonly record struct CellAge(Vector512<float> Seconds, Vector512<float> DriftScale);
#endif
