using System.Collections.Immutable;

namespace NoiseGen;

/// <summary>
/// How pixels become inputs: <c>(pixel / 255 − mean) / std</c>, with a mean and a standard deviation for each channel, or one of each for
/// all. Computed as <c>pixel · scale + offset</c> in one fused operation, which differs from the quotients only by rounding.
/// </summary>
public sealed class Normalization
{
    private const double White = 255; // the largest pixel, 1 in the units of mean and std

    /// <param name="mean">Means, in units where the largest pixel is 1: one, or one for each channel.</param>
    /// <param name="std">Standard deviations in the same units, above 0; as many as means.</param>
    /// <exception cref="ArgumentException">The lengths differ or are 0, a value is not finite, or a standard deviation is not above
    /// 0.</exception>
    public Normalization(ImmutableArray<float> mean, ImmutableArray<float> std)
    {
        if (mean.IsDefaultOrEmpty || std.IsDefault || mean.Length != std.Length)
            throw new ArgumentException(
                $"A normalisation needs as many means as standard deviations, at least 1; found {Length(mean)} and {Length(std)}.");
        for (int channel = 0; channel < mean.Length; channel++)
        {
            if (!float.IsFinite(mean[channel]) || !Setting.IsPositive(std[channel]))
                throw new ArgumentException(
                    $"Channel {channel} has mean {mean[channel]} and standard deviation {std[channel]}; allowed are finite numbers, and a "
                        + $"standard deviation above 0.");
        }

        (Mean, Std) = (mean, std);
    }

    /// <summary>Pixels in 0 … 1: mean 0, standard deviation 1.</summary>
    public static Normalization None { get; } = new([0f], [1f]);

    /// <summary>
    /// The normalisation that gives the images of a data set mean 0 and standard deviation 1 in each channel: to be used if there is no
    /// established one. It is measured on training images and also used for test images. A channel whose pixels are all equal keeps the
    /// standard deviation 1.
    /// </summary>
    /// <param name="data">The images.</param>
    public static Normalization Of(ImageDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        Shape rows = LaneBlock.LongRows(data.Shape);
        (int channels, int pixels) = data.Shape.IsFlat ? (1, rows.Width) : (rows.Channels, rows.Width);
        var mean = new float[channels];
        var std = new float[channels];
        for (int channel = 0; channel < channels; channel++)
        {
            // In integers, so that the sums are exact in any order: 2^31 pixels of 255² stay below 2^47.
            long sum = 0, squares = 0, count = (long)data.Count * pixels;
            for (int image = 0; image < data.Count; image++)
            {
                foreach (byte pixel in data.Image(image).Slice(channel * pixels, pixels))
                {
                    sum += pixel;
                    squares += pixel * pixel;
                }
            }

            double average = (double)sum / count, variance = (double)squares / count - average * average;
            mean[channel] = (float)(average / White);
            std[channel] = variance > 0 ? (float)(Math.Sqrt(variance) / White) : 1f;
        }

        return new([.. mean], [.. std]);
    }

    /// <summary>Means: one for all channels, or one for each.</summary>
    public ImmutableArray<float> Mean { get; }

    /// <summary>Standard deviations: one for all channels, or one for each.</summary>
    public ImmutableArray<float> Std { get; }

    /// <summary>Means and standard deviations.</summary>
    public override string ToString() => $"mean {Text(Mean)}, std {Text(Std)}";

    /// <summary>Whether all channels have the same mean and standard deviation.</summary>
    public bool IsUniform => Mean.Length == 1;

    /// <summary>The input difference of one pixel step, 0 … 255, in a channel.</summary>
    /// <param name="channel">The channel.</param>
    public float Scale(int channel) => (float)(1 / (White * Std[Place(channel)]));

    /// <summary>The input of pixel 0 in a channel.</summary>
    /// <param name="channel">The channel.</param>
    public float Offset(int channel) => (float)(-(double)Mean[Place(channel)] / Std[Place(channel)]);

    private int Place(int channel) => IsUniform ? 0 : channel;

    private static string Text(ImmutableArray<float> values) => string.Join(' ', values.Select(value => InvariantText.Of(value)));

    private static int Length(ImmutableArray<float> values) => values.IsDefault ? 0 : values.Length;
}
