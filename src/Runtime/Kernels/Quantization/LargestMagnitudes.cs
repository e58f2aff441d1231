using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static NoiseGen.LaneLayout;

namespace NoiseGen.CompilerServices;

/// <summary>A value and its position in a batch.</summary>
/// <param name="Value">The value.</param>
/// <param name="Image">Number of its image in the batch.</param>
/// <param name="Element">Its index in the image, in the order of the loops: row × column × channel.</param>
internal readonly record struct Magnitude(float Value, int Image, int Element);

/// <summary>The few values of a block whose magnitudes are the largest, in descending order; of equal ones, the first one found.</summary>
/// <param name="capacity">Number of values that are kept.</param>
internal sealed class LargestMagnitudes(int capacity)
{
    // The 99.999th percentile as Brevitas computes it: the kthvalue of its AbsPercentile.
    private const double Percent = 99.999;

    private readonly Magnitude[] _values = new Magnitude[capacity];
    private int _count;

    /// <summary>
    /// The rank of the percentile of n values, in descending order and from 1: the k-th smallest, k = ⌊0.99999·n + 0.5⌋.
    /// </summary>
    public static int Rank(long count) => (int)(count - (long)Math.Floor(.01 * Percent * count + 0.5)) + 1;

    public void Clear() => _count = 0;

    /// <summary>Adds those of some values that are among the largest.</summary>
    /// <param name="values">Elements × 32 images.</param>
    /// <param name="elements">Number of elements.</param>
    /// <param name="first">Number of the first element.</param>
    /// <param name="images">Number of valid images; the other lanes are ignored.</param>
    public void Add(ref float values, int elements, int first, int images)
    {
        for (int vector = 0; vector < 2 * elements; vector++)
        {
            ref float lanes = ref Unsafe.Add(ref values, vector * 16);
            float least = _count < _values.Length ? -1f : MathF.Abs(_values[_count - 1].Value);
            if (!Vector512.GreaterThanAny(Vector512.Abs(Vector512.LoadUnsafe(ref lanes)), Vector512.Create(least))) continue;
            int image = vector % 2 * 16;
            for (int lane = 0; lane < 16 && image + lane < images; lane++)
                Insert(new Magnitude(Unsafe.Add(ref lanes, lane), image + lane, first + vector / 2));
        }
    }

    // Keeps the order by magnitude and leaves NaN out.
    private void Insert(Magnitude value)
    {
        float size = MathF.Abs(value.Value);
        int place = _count;
        while (place > 0 && size > MathF.Abs(_values[place - 1].Value)) place--;
        if (place == _values.Length || float.IsNaN(size)) return;
        if (_count < _values.Length) _count++;
        for (int i = _count - 1; i > place; i--) _values[i] = _values[i - 1];
        _values[place] = value;
    }

    /// <summary>The value with a given rank among those of all blocks; zero if there are fewer.</summary>
    public static Magnitude Merge(ReadOnlySpan<LargestMagnitudes> blocks, int rank)
    {
        Span<int> next = stackalloc int[blocks.Length];
        next.Clear();
        Magnitude found = default;
        for (; rank > 0; rank--)
        {
            int best = -1;
            for (int block = 0; block < blocks.Length; block++)
            {
                if (next[block] == blocks[block]._count) continue;
                if (best < 0 || MathF.Abs(blocks[block]._values[next[block]].Value) > MathF.Abs(blocks[best]._values[next[best]].Value))
                    best = block;
            }

            if (best < 0) return default;
            found = blocks[best]._values[next[best]++];
            found = found with { Image = found.Image + best * Lanes };
        }

        return found;
    }
}
