using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// Defines every dropout decision, one at a time. The generated loops compute the same decisions sixteen at a time. For reference
/// implementations and replays.
/// </summary>
/// <remarks>
/// Elements and groups are numbered as <see cref="GaussianNoise"/> numbers them; the counter's last word is 0x04000000 | stage, so no
/// decision shares its random bits with a noise sample. Kept values are multiplied by 1 / (1 − rate).
/// </remarks>
public static class Dropout
{
    internal static uint StageWord(NoiseKey key, int stage) => GaussianNoise.SiteWord(key, stage) | StreamWord.Dropout;

    // An element is dropped if its random word is below the threshold: the fraction rate of all 2^32 words.
    internal static uint Threshold(float rate) => (uint)(rate * 4294967296.0);

    internal static float Scale(float rate) => 1f / (1f - rate);

    /// <summary>Whether one element of one image is kept.</summary>
    /// <param name="key">The realisation.</param>
    /// <param name="stage">Index of the stage.</param>
    /// <param name="image">Number of the image: its position in the batch.</param>
    /// <param name="shape">Shape of the stage's output.</param>
    /// <param name="channel">Channel of the element.</param>
    /// <param name="row">Row of the element.</param>
    /// <param name="column">Column of the element.</param>
    /// <param name="rate">Fraction of the elements that is dropped, at least 0 and below 1.</param>
    public static bool Keeps(NoiseKey key, int stage, int image, Shape shape, int channel, int row, int column, float rate)
    {
        int groupsPerRow = (shape.Width * shape.Channels + 3) / 4;
        int element = column * shape.Channels + channel;
        var counter = new Philox.Words((uint)image, (uint)(row * groupsPerRow + element / 4), key.Draw, StageWord(key, stage));
        return Philox.Generate(counter, key.Seed)[element % 4] >= Threshold(rate);
    }
}
