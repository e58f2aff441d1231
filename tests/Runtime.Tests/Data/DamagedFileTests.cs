using System.IO.Compression;

namespace NoiseGen.Runtime.Tests.Data;

/// <summary>
/// 21,000 data files with a flipped bit, a missing or a repeated piece:
/// each is either read as its content says or refused by name, quickly and with memory in proportion to its size.
/// </summary>
public sealed class DamagedFileTests : IDisposable
{
    private const int Cases = 7_000; // of each format
    private const int MostTime = 600_000; // milliseconds, for a reader that hangs: each format takes some seconds

    // Readers allocate 1 MiB before they have seen any content, and packed bytes can unpack to 1032 times as many.
    private const long MostMemory = 6 << 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = MostTime)]
    public Task Idx() => Task.Run(() =>
    {
        WriteMnist("", content => content);
        int refused = Damage(new Random(1), () => Mnist.Load(_folder.Path), AssertShapes);
        Assert.InRange(refused, Cases / 5, Cases - 1); // a flipped pixel is a pixel
    });

    [Fact(Timeout = MostTime)]
    public Task PackedIdx() => Task.Run(() =>
    {
        WriteMnist(".gz", Packed);
        byte[] train = Mnist.Load(_folder.Path).Train.Pixels.ToArray(), test = Mnist.Load(_folder.Path).Test.Pixels.ToArray();
        int refused = Damage(new Random(2), () => Mnist.Load(_folder.Path), data =>
        {
            AssertShapes(data);
            Assert.Equal(train, data.Train.Pixels); // gzip has a checksum
            Assert.Equal(test, data.Test.Pixels);
        });
        Assert.InRange(refused, Cases / 2, Cases - 1); // times and names in its header do not matter
    });

    [Fact(Timeout = MostTime)]
    public Task Cifar() => Task.Run(() =>
    {
        const int Images = 2;
        string[] names = [.. Enumerable.Range(1, 5).Select(file => $"data_batch_{file}.bin"), "test_batch.bin"];
        foreach (string name in names)
            _folder.Write(name, [.. Enumerable.Range(0, Images).SelectMany(image => Content(3072).Prepend((byte)image))]);
        int refused = Damage(new Random(3), () => Cifar10.Load(_folder.Path, Images), data =>
        {
            Assert.Equal((5 * Images, Images), (data.Train.Count, data.Test.Count));
            Assert.Equal(new Shape(3, 32, 32), data.Train.Shape);
        });
        Assert.InRange(refused, Cases / 2, Cases - 1);
    });

    private static void AssertShapes(DataSplit data)
    {
        Assert.Equal((3, 2), (data.Train.Count, data.Test.Count));
        Assert.Equal((new Shape(1, 28, 28), new Shape(1, 28, 28)), (data.Train.Shape, data.Test.Shape));
        Assert.Equal(-1, data.Train.Labels.IndexOfAnyExceptInRange(0, 9));
    }

    /// <summary>Damages one file after the other and reads all of them.</summary>
    /// <returns>How many were refused.</returns>
    private int Damage(Random random, Func<DataSplit> load, Action<DataSplit> check)
    {
        string[] files = [.. Directory.GetFiles(_folder.Path).Order()];
        byte[][] contents = [.. files.Select(File.ReadAllBytes)];
        check(load());
        int refused = 0;
        foreach ((string file, byte[] content) in files.Zip(contents))
        {
            for (int i = 0; i < Cases / files.Length; i++)
            {
                Write(file, Damaged(content, random));
                if (IsRefused(file, load, check)) refused++;
            }

            Write(file, content);
        }

        return refused;
    }

    private static bool IsRefused(string file, Func<DataSplit> load, Action<DataSplit> check)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            check(load());
            return false;
        }
        catch (DataFileException refusal)
        {
            Assert.Contains(refusal.Path, (string[])[file, LabelsOf(file)]);
            Assert.StartsWith($"{refusal.Path}: expected ", refusal.Message, StringComparison.Ordinal);
            Assert.Contains(", found ", refusal.Message, StringComparison.Ordinal);
            return true;
        }
        finally
        {
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostMemory);
        }
    }

    // As a new file: file systems flush content that replaces older content, which costs milliseconds.
    private static void Write(string path, byte[] content)
    {
        File.Delete(path);
        using FileStream stream = File.Create(path);
        stream.Write(content);
    }

    // A damaged number of images may be detected by the labels, of which there are then too few or too many.
    private static string LabelsOf(string images) => images.Replace("images-idx3", "labels-idx1", StringComparison.Ordinal);

    // Half of the damage is in the first bytes, with headers and labels.
    private static byte[] Damaged(byte[] whole, Random random)
    {
        int place = random.Next(random.Next(2) == 0 ? whole.Length : Math.Min(16, whole.Length));
        int end = Math.Min(whole.Length, place + random.Next(1, random.Next(4) == 0 ? whole.Length : 20));
        byte[] flipped = [.. whole];
        flipped[place] ^= (byte)(1 << random.Next(8));
        return random.Next(4) switch
        {
            0 => [.. whole[..place], .. whole[end..]],
            1 => [.. whole[..end], .. whole[place..end], .. whole[end..]],
            _ => flipped,
        };
    }

    private void WriteMnist(string extension, Func<byte[], byte[]> pack)
    {
        foreach ((string part, byte images) in new[] { ("train", (byte)3), ("t10k", (byte)2) })
        {
            _folder.Write($"{part}-images-idx3-ubyte{extension}",
                pack([0, 0, 8, 3, 0, 0, 0, images, 0, 0, 0, 28, 0, 0, 0, 28, .. Content(images * 784)]));
            _folder.Write($"{part}-labels-idx1-ubyte{extension}", pack([0, 0, 8, 1, 0, 0, 0, images, .. Content(images)]));
        }
    }

    private static byte[] Content(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i < 10 ? i : i * 31 + i / 784))];

    private static byte[] Packed(byte[] content)
    {
        using var target = new MemoryStream();
        using (var packer = new GZipStream(target, CompressionLevel.Optimal)) packer.Write(content);
        return target.ToArray();
    }
}
