using System.Runtime.InteropServices;
using NoiseGen.CompilerServices;

namespace NoiseGen.Runtime.Tests.Quantization;

/// <summary>The percentile of a batch, against a sorted array.</summary>
public class LargestMagnitudesTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1000, 1)]
    [InlineData(49_999, 1)]
    [InlineData(50_001, 2)] // ⌊50000.50 + …⌋: 50,001 − 50,000 + 1
    [InlineData(1_000_000, 11)]
    [InlineData(8_388_608, 85)]
    public void RankFollowsBrevitas(long count, int rank)
    {
        Assert.Equal(rank, LargestMagnitudes.Rank(count));
        Assert.Equal(count + 1 - (long)Math.Floor(.01 * 99.999 * count + 0.5), LargestMagnitudes.Rank(count));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(130, 40)]
    public void TheValueOfARankIsFoundAmongAllBlocks(int rank, int elements)
    {
        const int Images = 77; // two blocks and a part of one
        var random = new Random(rank);
        float[][] blocks =
            [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, elements * 32).Select(_ => random.NextSingle() * 2 - 1).ToArray())];
        LargestMagnitudes[] largest = [.. blocks.Select(_ => new LargestMagnitudes(rank))];
        for (int block = 0; block < 3; block++)
        {
            // Two rows.
            int images = Math.Min(32, Images - block * 32), first = elements / 2;
            largest[block].Add(ref blocks[block][0], first, 0, images);
            if (elements > first)
                largest[block].Add(ref MemoryMarshal.GetReference(blocks[block].AsSpan(first * 32)), elements - first, first, images);
        }

        Magnitude found = LargestMagnitudes.Merge(largest, rank);

        Magnitude[] sorted = [.. from image in Enumerable.Range(0, Images)
                                 from element in Enumerable.Range(0, elements)
                                 let value = blocks[image / 32][element * 32 + image % 32]
                                 orderby Math.Abs(value) descending
                                 select new Magnitude(value, image, element)];
        if (rank <= sorted.Length) Assert.Equal(sorted[rank - 1], found);
        else Assert.Equal(default, found);
    }

    [Fact]
    public void OfEqualValuesTheFirstIsKept()
    {
        float[] values = new float[64];
        (values[5], values[40], values[3]) = (-2f, 2f, 1f);
        var largest = new LargestMagnitudes(2);
        largest.Add(ref values[0], 2, 0, 32);
        Assert.Equal(new Magnitude(-2f, 5, 0), LargestMagnitudes.Merge([largest], 1));
        Assert.Equal(new Magnitude(2f, 8, 1), LargestMagnitudes.Merge([largest], 2));
    }
}
