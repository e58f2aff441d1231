using NoiseGen.CompilerServices;
using NoiseGen;

namespace Harden;

/// <summary>
/// Spoken-word-like spectrograms, 1×10×49, drawn by the program itself:
/// ten coefficients of 49 frames, for a keyword spotter without a download.
/// Ten words are fixed sequences of phones, the eleventh class is any other sequence, the twelfth is silence.
/// Speakers differ in pace, loudness and timbre.
/// </summary>
internal static class Keywords
{
    public const int Classes = 12;

    private const int Coefficients = 10, Frames = 49, Words = 10, Phones = 14, LongestWord = 4;

    // The words and sounds of the language, the same for all seeds.
    private static readonly float[][] s_phones = MakePhones(new Random(20180411));
    private static readonly int[][] s_words = MakeWords(new Random(49));

    /// <summary>Draws utterances for training and others for testing; the classes take turns.</summary>
    /// <param name="seed">The seed of the random draws.</param>
    /// <param name="train">Utterances to train with, at least 1.</param>
    /// <param name="test">Utterances to test with, at least 1.</param>
    public static DataSplit Create(ulong seed, int train, int test) =>
        new(Draw("keywords train", seed, 0, train), Draw("keywords test", seed, train, test));

    private static ImageDataset Draw(string name, ulong seed, int first, int count)
    {
        var shape = new Shape(1, Coefficients, Frames);
        byte[] pixels = new byte[count * shape.Count];
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = (byte)(i % Classes);
            var random = new Random((int)Philox.Generate(new Philox.Words((uint)(first + i), 0, 0, 0), seed).X0);
            Speak(WordOf(labels[i], random), pixels.AsSpan(i * shape.Count, shape.Count), random);
        }

        return new ImageDataset(name, shape, Classes, pixels, labels) { Normalization = new Normalization(mean: [0.3f], std: [0.25f]) };
    }

    private static int[] WordOf(int label, Random random) => label switch
    {
        < Words => s_words[label],
        Words => OtherWord(random),
        _ => [],
    };

    private static int[] OtherWord(Random random)
    {
        int[] word;
        do word = MakeWord(random);
        while (s_words.Any(known => known.SequenceEqual(word)));
        return word;
    }

    private static void Speak(int[] word, Span<byte> pixels, Random random)
    {
        float loudness = Between(random, 0.6f, 1f), tilt = Between(random, -0.25f, 0.25f), hiss = Between(random, 0.03f, 0.12f);
        float pace = Between(random, 0.8f, 1.2f), start = Between(random, 2f, 12f);
        float[] lengths = [.. word.Select(_ => pace * Between(random, 6f, 10f))];
        for (int frame = 0; frame < Frames; frame++)
        for (int i = 0; i < Coefficients; i++)
        {
            float sound = loudness * (1f + tilt * (2f * i / (Coefficients - 1) - 1f)) * Sound(word, lengths, frame - start, i);
            float value = 0.1f + sound + hiss * Gaussian(random);
            pixels[i * Frames + frame] = (byte)Math.Clamp(255f * value, 0f, 255f);
        }
    }

    // Each phone rises and falls over slightly more than its length, so that neighbours blend.
    private static float Sound(int[] word, float[] lengths, float time, int coefficient)
    {
        float sound = 0f;
        for (int phone = 0; phone < word.Length; phone++)
        {
            float distance = (time - lengths[phone] / 2f) / lengths[phone];
            sound += s_phones[word[phone]][coefficient] * MathF.Exp(-4f * distance * distance);
            time -= lengths[phone];
        }

        return sound;
    }

    private static float[][] MakePhones(Random random) =>
        [.. Enumerable.Range(0, Phones)
            .Select(_ => Enumerable.Range(0, Coefficients).Select(_ => random.NextSingle() * random.NextSingle()).ToArray())];

    private static int[][] MakeWords(Random random)
    {
        List<int[]> words = [];
        while (words.Count < Words)
        {
            int[] word = MakeWord(random);
            if (!words.Exists(known => known.SequenceEqual(word))) words.Add(word);
        }

        return [.. words];
    }

    private static int[] MakeWord(Random random) =>
        [.. Enumerable.Range(0, random.Next(2, LongestWord + 1)).Select(_ => random.Next(Phones))];

    private static float Between(Random random, float from, float to) => from + (to - from) * random.NextSingle();

    // Box–Muller.
    private static float Gaussian(Random random) =>
        MathF.Sqrt(-2f * MathF.Log(1f - random.NextSingle())) * MathF.Cos(2f * MathF.PI * random.NextSingle());
}
