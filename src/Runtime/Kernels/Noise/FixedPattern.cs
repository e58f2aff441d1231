namespace NoiseGen;

/// <summary>
/// The samples of one site on one device, which all images and steps share, in the order in which the generated loops read them.
/// </summary>
internal sealed class FixedPattern
{
    /// <summary>Draws a device's samples.</summary>
    /// <param name="site">Index of the site.</param>
    /// <param name="description">Its shape and form.</param>
    /// <param name="device">The device.</param>
    /// <param name="scope">Whether each element or each channel has its own sample.</param>
    public FixedPattern(int site, NoiseSiteDescription description, uint device, PatternScope scope)
    {
        Shape shape = description.Shape;
        Samples = Table(shape, scope, (channel, row, column) => GaussianNoise.DeviceSample(device, site, shape, channel, row, column));
        SecondSamples = description.Form == NoiseForm.Combined
            ? Table(shape, scope, (channel, row, column) => GaussianNoise.SecondDeviceSample(device, site, shape, channel, row, column))
            : [];
    }

    /// <summary>Four samples for each group of four elements, row by row; the padding of a row's last group is 0.</summary>
    public float[] Samples { get; }

    /// <summary>The samples of the additive part of combined noise; empty for other noise.</summary>
    public float[] SecondSamples { get; }

    private static float[] Table(Shape shape, PatternScope scope, Func<int, int, int, float> sample)
    {
        bool isOfElements = scope == PatternScope.Element;
        int elements = shape.Width * shape.Channels, rowLength = (elements + 3) / 4 * 4;
        var table = new float[shape.Height * rowLength];
        for (int row = 0; row < shape.Height; row++)
        {
            for (int element = 0; element < elements; element++)
            {
                int channel = element % shape.Channels, column = element / shape.Channels;
                table[row * rowLength + element] = isOfElements ? sample(channel, row, column) : sample(channel, 0, 0);
            }
        }

        return table;
    }
}
