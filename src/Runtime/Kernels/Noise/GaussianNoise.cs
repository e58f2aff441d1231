using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// Defines every noise sample, one at a time. The generated loops compute the same samples sixteen at a time. For reference implementations
/// and replays.
/// </summary>
/// <remarks>
/// A site's elements are numbered along each row of pixels, channels first: element <c>i = column·channels + channel</c> of a row that has
/// <c>⌈width·channels / 4⌉</c> groups of four. One call of <see cref="Philox"/> with the counter (image, group, draw,
/// site) serves the four elements of a group.
/// </remarks>
public static class GaussianNoise
{
    private const ulong DeviceSeed = 0xD5A61266F0C9392C; // any number: a device is the same for all networks

    internal static uint SiteWord(NoiseKey key, int site) => (uint)site | (key.Evaluation ? StreamWord.Evaluation : 0u);

    internal static uint SecondSiteWord(NoiseKey key, int site) => SiteWord(key, site) | StreamWord.Second;

    /// <summary>The standard Gaussian sample of one element of one image.</summary>
    /// <param name="key">The realisation.</param>
    /// <param name="site">Index of the noise site.</param>
    /// <param name="image">Number of the image: its position in the batch in training, in the whole data in evaluation.</param>
    /// <param name="shape">The site's shape.</param>
    /// <param name="channel">Channel of the element.</param>
    /// <param name="row">Row of the element.</param>
    /// <param name="column">Column of the element.</param>
    public static float Sample(NoiseKey key, int site, int image, Shape shape, int channel, int row, int column) =>
        Draw(key, SiteWord(key, site), image, shape, channel, row, column);

    /// <summary>The second sample, independent of <see cref="Sample"/>, for the additive part of combined noise.</summary>
    /// <param name="key">The realisation.</param>
    /// <param name="site">Index of the noise site.</param>
    /// <param name="image">Number of the image.</param>
    /// <param name="shape">The site's shape.</param>
    /// <param name="channel">Channel of the element.</param>
    /// <param name="row">Row of the element.</param>
    /// <param name="column">Column of the element.</param>
    public static float SecondSample(NoiseKey key, int site, int image, Shape shape, int channel, int row, int column) =>
        Draw(key, SecondSiteWord(key, site), image, shape, channel, row, column);

    /// <summary>
    /// A device's fixed pattern: the sample of one element, the same for every image, step and network. With
    /// <see cref="PatternScope.Channel"/> every pixel has the sample of its channel at row 0 and column 0.
    /// </summary>
    /// <param name="device">Number of the device.</param>
    /// <param name="site">Index of the noise site.</param>
    /// <param name="shape">The site's shape.</param>
    /// <param name="channel">Channel of the element.</param>
    /// <param name="row">Row of the element.</param>
    /// <param name="column">Column of the element.</param>
    public static float DeviceSample(uint device, int site, Shape shape, int channel, int row, int column) =>
        Draw(DeviceKey(device), DeviceWord((uint)site), 0, shape, channel, row, column);

    /// <summary>The second sample of a device's fixed pattern, for the additive part of combined noise.</summary>
    /// <param name="device">Number of the device.</param>
    /// <param name="site">Index of the noise site.</param>
    /// <param name="shape">The site's shape.</param>
    /// <param name="channel">Channel of the element.</param>
    /// <param name="row">Row of the element.</param>
    /// <param name="column">Column of the element.</param>
    public static float SecondDeviceSample(uint device, int site, Shape shape, int channel, int row, int column) =>
        Draw(DeviceKey(device), DeviceWord(SecondSiteWord(DeviceKey(device), site)), 0, shape, channel, row, column);

    internal static NoiseKey DeviceKey(uint device) => new(DeviceSeed, device, Evaluation: false);

    // Without the evaluation bit: a device is the same in training.
    internal static uint DeviceWord(uint stream) => (stream & ~StreamWord.Evaluation) | StreamWord.Device;

    /// <summary>The draw that sets the sigma of one image, the same for all sites: see <see cref="ImageSigma"/>.</summary>
    /// <param name="key">The realisation.</param>
    /// <param name="image">The image's position in the batch.</param>
    public static float ImageSample(NoiseKey key, int image) =>
        GaussianTransform.Sample(Philox.Generate(new Philox.Words((uint)image, 0, key.Draw, StreamWord.Image), key.Seed).X0);

    private static float Draw(NoiseKey key, uint stream, int image, Shape shape, int channel, int row, int column)
    {
        int groupsPerRow = (shape.Width * shape.Channels + 3) / 4;
        int element = column * shape.Channels + channel;
        var counter = new Philox.Words((uint)image, (uint)(row * groupsPerRow + element / 4), key.Draw, stream);
        return GaussianTransform.Sample(Philox.Generate(counter, key.Seed)[element % 4]);
    }
}
