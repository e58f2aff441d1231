using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NoiseGen.CompilerServices;

namespace NoiseGen;

// The norm of all gradients together, and its limit.
public abstract partial class NeuralNetwork
{
    private Clipping? _clipping;

    private void ClipGradients(float limit)
    {
        Clipping clipping = _clipping ??= new Clipping(this);
        RunShares(clipping.Sum);
        if (clipping.Limit(limit)) RunShares(clipping.Scale);
    }

    /// <summary>
    /// Squares are summed in chunks of a fixed size, and the chunks' sums in their order: what the threads share out does not show. In double, where the square of a float
    /// is exact.
    /// </summary>
    private sealed class Clipping
    {
        private const int ChunkFloats = 4096;

        private readonly NeuralNetwork _network;
        private readonly double[] _sums;
        private float _factor;

        public Clipping(NeuralNetwork network)
        {
            _network = network;
            _sums = new double[(network._gradients.Length + ChunkFloats - 1) / ChunkFloats];
            (Sum, Scale) = (SumShare, ScaleShare);
        }

        public Action<int, int> Sum { get; }

        public Action<int, int> Scale { get; }

        /// <summary>Whether the gradients are longer than allowed. What is no number is left to the training to find.</summary>
        public bool Limit(float limit)
        {
            const double Epsilon = 1e-6; // PyTorch's
            double sum = 0;
            foreach (double chunk in _sums) sum += chunk;
            double norm = Math.Sqrt(sum);
            _factor = (float)(limit / (norm + Epsilon));
            return norm > limit && _factor < 1f;
        }

        private void SumShare(int share, int thread)
        {
            for (int chunk = First(share); chunk < First(share + 1); chunk++) _sums[chunk] = SumOfSquares(Chunk(chunk));
        }

        private void ScaleShare(int share, int thread)
        {
            var factor = Vector512.Create(_factor);
            for (int chunk = First(share); chunk < First(share + 1); chunk++)
            {
                foreach (ref Vector512<float> vector in MemoryMarshal.Cast<float, Vector512<float>>(Chunk(chunk))) vector *= factor;
            }
        }

        private int First(int share) => Share.Start(_sums.Length, share, _network.Shares);

        private Span<float> Chunk(int chunk)
        {
            int start = chunk * ChunkFloats;
            return _network._gradients.Span(start, Math.Min(ChunkFloats, _network._gradients.Length - start));
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
}
