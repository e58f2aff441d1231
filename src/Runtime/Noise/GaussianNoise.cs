namespace NoiseGen;

/// <summary>
/// The definition of every noise sample, one at a time: what the generated loops compute sixteen at a time. For reference implementations and replays.
/// </summary>
/// <remarks>
/// A site's elements are numbered along each row of pixels, channels first: element <c>i = column·channels + channel</c> of a row that has
/// <c>⌈width·channels / 4⌉</c> groups of four. One call of <see cref="Philox"/> with the counter (image, group, draw, site) serves the four elements of a group.
/// </remarks>
public static class GaussianNoise
{
    // The counter's last word: the site, with the top bit set in evaluation. Sites are fewer than 2^16.
    internal static uint SiteWord(NoiseKey key, int site) => (uint)site | (key.Evaluation ? 0x80000000u : 0u);

    /// <summary>The standard Gaussian sample of one element of one image.</summary>
    /// <param name="key">The realisation.</param>
    /// <param name="site">Index of the noise site.</param>
    /// <param name="image">Number of the image: its place in the batch in training, in the whole data in evaluation.</param>
    /// <param name="shape">The site's shape.</param>
    /// <param name="channel">Channel of the element.</param>
    /// <param name="row">Row of the element.</param>
    /// <param name="column">Column of the element.</param>
    public static float Sample(NoiseKey key, int site, int image, Shape shape, int channel, int row, int column)
    {
        int groupsPerRow = (shape.Width * shape.Channels + 3) / 4;
        int element = column * shape.Channels + channel;
        var counter = new Philox.Words((uint)image, (uint)(row * groupsPerRow + element / 4), key.Draw, SiteWord(key, site));
        return GaussianTransform.Sample(Philox.Generate(counter, key.Seed)[element % 4]);
    }
}
