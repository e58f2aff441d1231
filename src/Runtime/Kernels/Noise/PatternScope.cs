namespace NoiseGen;

/// <summary>What has an error of its own in a device's fixed pattern.</summary>
public enum PatternScope
{
    /// <summary>
    /// Each element of the site: hardware in which every pixel of a map is computed by a circuit of its own,
    /// a sensor say.
    /// </summary>
    Element,

    /// <summary>
    /// Each channel, the same at all pixels: a convolution's columns and converters, which compute one pixel after another.
    /// Of a dense layer, each feature.
    /// </summary>
    Channel,
}
