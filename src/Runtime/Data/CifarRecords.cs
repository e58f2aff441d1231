namespace NoiseGen;

/// <summary>The records of CIFAR's binary files: labels, then 3×32×32 pixels.</summary>
internal static class CifarRecords
{
    /// <summary>Receives an image's labels, and checks them.</summary>
    public delegate void LabelReader(int image, ReadOnlySpan<byte> labels, DataFile file);

    /// <summary>Reads a file that contains exactly as many records as fit.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="labels">Labels of a record, bytes.</param>
    /// <param name="pixels">Where the pixels go.</param>
    /// <param name="read">Receives each record's labels.</param>
    public static void Read(string folder, string name, int labels, Span<byte> pixels, LabelReader read)
    {
        const int Pixels = 3 * 32 * 32;
        using DataFile file = DataFile.Open(folder, name);
        int record = labels + Pixels, count = pixels.Length / Pixels;
        byte[] content = file.ReadBytes((long)count * record, $"{count} records");
        file.ExpectEnd();
        for (int i = 0; i < count; i++)
        {
            read(i, content.AsSpan(i * record, labels), file);
            content.AsSpan(i * record + labels, Pixels).CopyTo(pixels[(i * Pixels)..]);
        }
    }
}
