namespace NoiseGen;

/// <summary>The samples of one site on one device, which all images and steps share: in the order in which generated loops ask for them.</summary>
internal sealed class FixedPattern
{
    /// <summary>Draws a device's samples.</summary>
    /// <param name="site">Index of the site.</param>
    /// <param name="description">Its shape and form.</param>
    /// <param name="device">The device.</param>
    /// <param name="scope">What has a sample of its own.</param>
    public FixedPattern(int site, NoiseSiteDescription description, uint device, PatternScope scope)
    {
        Shape shape = description.Shape;
        (int Row, int Column) Place(int row, int column) => scope == PatternScope.Channel ? (0, 0) : (row, column);
        Samples = Table(shape, (channel, row, column) => GaussianNoise.DeviceSample(device, site, shape, channel, Place(row, column).Row, Place(row, column).Column));
        SecondSamples = description.Form != NoiseForm.Combined
            ? []
            : Table(shape, (channel, row, column) => GaussianNoise.SecondDeviceSample(device, site, shape, channel, Place(row, column).Row, Place(row, column).Column));
    }

    /// <summary>Four samples for each group of four elements, row by row; what fills a row's last group is 0.</summary>
    public float[] Samples { get; }

    /// <summary>The same of combined noise's additive part; empty for other noise.</summary>
    public float[] SecondSamples { get; }

    private static float[] Table(Shape shape, Func<int, int, int, float> sample)
    {
        int elements = shape.Width * shape.Channels, rowLength = (elements + 3) / 4 * 4;
        var table = new float[shape.Height * rowLength];
        for (int row = 0; row < shape.Height; row++)
        for (int element = 0; element < elements; element++)
            table[row * rowLength + element] = sample(element % shape.Channels, row, element / shape.Channels);
        return table;
    }
}
