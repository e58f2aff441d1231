namespace NoiseGen;

/// <summary>Whether each element or each channel has its own error in a device's fixed pattern.</summary>
public enum PatternScope
{
    /// <summary>Each element of the site: hardware in which every pixel of a map has its own circuit, such as a sensor.</summary>
    Element,

    /// <summary>
    /// Each channel, the same at all pixels: a convolution's columns and converters, which compute one pixel after another. In a dense
    /// layer, each feature.
    /// </summary>
    Channel,
}
