using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// Limits the global norm of the gradients. Squares are summed in chunks of a fixed size, and the sums of the chunks in order, so that the
/// result does not depend on the number of threads. The sums are in double precision, in which the square of a float is exact.
/// </summary>
internal sealed class GradientClipping
{
    private const int ChunkFloats = 4096;

    private readonly Arena _gradients;
    private readonly PhaseRunner _runner;
    private readonly double[] _sums;
    private readonly Phase _sum, _scale;
    private float _factor;

    public GradientClipping(Arena gradients, PhaseRunner runner)
    {
        (_gradients, _runner) = (gradients, runner);
        _sums = new double[(gradients.Length + ChunkFloats - 1) / ChunkFloats];
        (_sum, _scale) = (Sum, Scale);
    }

    /// <summary>Scales the gradients down if their norm exceeds the limit. NaN and infinity are left for training to detect.</summary>
    public void Clip(in Pass pass, float limit)
    {
        const double Epsilon = 1e-6; // PyTorch's
        _runner.RunShares(_sum, pass);
        double sum = 0;
        foreach (double chunk in _sums) sum += chunk;
        double norm = Math.Sqrt(sum);
        _factor = (float)(limit / (norm + Epsilon));
        if (norm > limit && _factor < 1f) _runner.RunShares(_scale, pass);
    }

    private void Sum(in Pass pass, int share, int thread)
    {
        for (int chunk = First(share); chunk < First(share + 1); chunk++) _sums[chunk] = SumOfSquares(Chunk(chunk));
    }

    private void Scale(in Pass pass, int share, int thread)
    {
        var factor = Vector512.Create(_factor);
        for (int chunk = First(share); chunk < First(share + 1); chunk++)
        {
            foreach (ref Vector512<float> vector in MemoryMarshal.Cast<float, Vector512<float>>(Chunk(chunk))) vector *= factor;
        }
    }

    private int First(int share) => Share.Start(_sums.Length, share, _runner.Shares);

    private Span<float> Chunk(int chunk)
    {
        int start = chunk * ChunkFloats;
        return _gradients.Span(start, Math.Min(ChunkFloats, _gradients.Length - start));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOfSquares(ReadOnlySpan<float> values)
    {
        Vector512<double> lower = default, upper = default;
        foreach (Vector512<float> vector in MemoryMarshal.Cast<float, Vector512<float>>(values))
        {
            (Vector512<double> a, Vector512<double> b) = Vector512.Widen(vector);
            lower = Vector512.FusedMultiplyAdd(a, a, lower);
            upper = Vector512.FusedMultiplyAdd(b, b, upper);
        }

        lower += upper;
        double sum = 0;
        for (int i = 0; i < Vector512<double>.Count; i++) sum += lower[i];
        return sum;
    }
}
