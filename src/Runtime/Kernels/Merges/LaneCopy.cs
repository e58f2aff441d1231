using System.ComponentModel;
using System.Runtime.CompilerServices;
using static NoiseGen.LaneLayout;

namespace NoiseGen.CompilerServices;

/// <summary>Moves channels between rows of different width: concatenation, and its gradient.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LaneCopy
{
    /// <summary>Copies the channels of a row into a range of the channels of a wider row.</summary>
    /// <param name="source">The row, column × channel × 32.</param>
    /// <param name="sourceChannels">Its channels.</param>
    /// <param name="target">The wider row.</param>
    /// <param name="targetChannels">Its channels.</param>
    /// <param name="offset">The first of its channels that is written.</param>
    /// <param name="columns">Columns of both.</param>
    public static void Channels(ref float source, int sourceChannels, ref float target, int targetChannels, int offset, int columns)
    {
        for (nint column = 0; column < columns; column++)
        {
            Pixel(
                ref Unsafe.Add(ref source, column * sourceChannels * Lanes),
                ref Unsafe.Add(ref target, (column * targetChannels + offset) * Lanes), sourceChannels);
        }
    }

    /// <summary>Copies a range of the channels of a row to a narrower row.</summary>
    /// <param name="source">The row, column × channel × 32.</param>
    /// <param name="sourceChannels">Its channels.</param>
    /// <param name="offset">The first of its channels that is read.</param>
    /// <param name="target">The narrower row.</param>
    /// <param name="targetChannels">Its channels.</param>
    /// <param name="columns">Columns of both.</param>
    public static void TakeChannels(ref float source, int sourceChannels, int offset, ref float target, int targetChannels, int columns)
    {
        for (nint column = 0; column < columns; column++)
        {
            Pixel(
                ref Unsafe.Add(ref source, (column * sourceChannels + offset) * Lanes),
                ref Unsafe.Add(ref target, column * targetChannels * Lanes), targetChannels);
        }
    }

    /// <summary>As <see cref="TakeChannels"/>, but adds to the narrower row.</summary>
    /// <param name="source">The row, column × channel × 32.</param>
    /// <param name="sourceChannels">Its channels.</param>
    /// <param name="offset">The first of its channels that is read.</param>
    /// <param name="target">The narrower row.</param>
    /// <param name="targetChannels">Its channels.</param>
    /// <param name="columns">Columns of both.</param>
    public static void AddChannels(ref float source, int sourceChannels, int offset, ref float target, int targetChannels, int columns)
    {
        for (nint column = 0; column < columns; column++)
        {
            LaneAdd.Add(
                ref Unsafe.Add(ref target, column * targetChannels * Lanes),
                ref Unsafe.Add(ref source, (column * sourceChannels + offset) * Lanes), targetChannels * 2);
        }
    }

    private static void Pixel(ref float source, ref float target, int channels) => Unsafe.CopyBlock(
        ref Unsafe.As<float, byte>(ref target), ref Unsafe.As<float, byte>(ref source), (uint)(channels * Lanes * sizeof(float)));
}
