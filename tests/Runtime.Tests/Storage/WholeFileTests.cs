using System.Runtime.Versioning;
using System.Text;
using NoiseGen.Runtime.Tests.Data;
using NoiseGen.Storage;

namespace NoiseGen.Runtime.Tests.Storage;

/// <summary>A file is written completely or not at all, at the target of links, and never replaces what is not a regular file.</summary>
public sealed class WholeFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Kinds => SpecialFile.Kinds;

    private string Target => _folder.File("net.bin");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task WhatIsNoRegularFileStaysAsItIs(string kind)
    {
        SpecialFile.Make(kind, Target);
        bool isWritten = false;
        Task<IOException> Refusal() => Assert.ThrowsAnyAsync<IOException>(
            () => Task.Run(() => WholeFile.Write(Target, _ => isWritten = true)).WaitAsync(TimeSpan.FromMinutes(1)));
        IOException refusal = await Refusal();

        Assert.Contains(Target, refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"found {SpecialFile.NameOf(kind)}", refusal.Message, StringComparison.Ordinal);
        Assert.False(isWritten);
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder.Path));
        if (kind == SpecialFile.LinkToDevice) Assert.Equal("/dev/full", new FileInfo(Target).LinkTarget);
        else Assert.Equal(refusal.Message, (await Refusal()).Message);
    }

    [UnixFact]
    public void LinksAreFollowed()
    {
        string real = Directory.CreateDirectory(_folder.File("real/deep")).FullName;
        File.WriteAllText(_folder.File("real/net.bin"), "old");
        File.CreateSymbolicLink(Path.Combine(real, "up.bin"), "../net.bin");
        Directory.CreateSymbolicLink(_folder.File("linked"), real);
        string link = _folder.File("linked/up.bin"); // its .. is relative to real/deep

        WholeFile.Write(link, Stream("new"));

        Assert.Equal("new", File.ReadAllText(_folder.File("real/net.bin")));
        Assert.Equal("../net.bin", new FileInfo(link).LinkTarget);
        Assert.Equal(["deep", "net.bin"], Names(_folder.File("real")));
        Assert.Equal(["up.bin"], Names(real));
    }

    [UnixFact]
    public void ALinkToNothingMakesWhatItNames()
    {
        File.CreateSymbolicLink(Target, "other.bin");
        WholeFile.Write(Target, Stream("new"));
        Assert.Equal("new", File.ReadAllText(_folder.File("other.bin")));
        Assert.Equal(["net.bin", "other.bin"], Names(_folder.Path));
    }

    [UnixFact]
    public void LinksInACircleAreRefused()
    {
        File.CreateSymbolicLink(Target, "other.bin");
        File.CreateSymbolicLink(_folder.File("other.bin"), "net.bin");
        IOException refusal = Assert.ThrowsAny<IOException>(() => WholeFile.Write(Target, Stream("new")));
        Assert.Contains("links", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["net.bin", "other.bin"], Names(_folder.Path));
    }

    [UnixFact, UnsupportedOSPlatform("windows")]
    public void PermissionsAreKept()
    {
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.WriteAllText(Target, "old");
        File.SetUnixFileMode(Target, Private);
        WholeFile.Write(Target, Stream("new"));
        Assert.Equal(Private, File.GetUnixFileMode(Target));
    }

    [Fact]
    public void AFileThatIsReadOnlyStaysAsItIs()
    {
        File.WriteAllText(Target, "old");
        File.SetAttributes(Target, FileAttributes.ReadOnly);
        IOException refusal = Assert.ThrowsAny<IOException>(() => WholeFile.Write(Target, Stream("new")));
        File.SetAttributes(Target, FileAttributes.Normal);
        Assert.Contains($"{Target}: it cannot be written (it is read-only)", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(Target));
    }

    [Fact]
    public void ACheckLeavesWhatIsThere()
    {
        WholeFile.Check(Target);
        Assert.Empty(Names(_folder.Path));
        File.WriteAllText(Target, "old");
        WholeFile.Check(Target);
        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Equal(["net.bin"], Names(_folder.Path));
        Assert.ThrowsAny<IOException>(() => WholeFile.Check(_folder.File("missing/net.bin")));
    }

    /// <summary>Many publish at once: none is refused, the file is complete at every moment, and nothing is left next to it.</summary>
    [Fact]
    public void ManyPublishAtOnce()
    {
        string[] texts = [.. Enumerable.Range(0, 8).Select(i => new string((char)('a' + i), 1 << i + 6))];
        Parallel.ForEach(texts, new ParallelOptions { MaxDegreeOfParallelism = texts.Length }, text =>
        {
            for (int i = 0; i < 20; i++)
            {
                WholeFile.CheckPublish(Target);
                WholeFile.Publish(Target, text);
                Assert.Contains(File.ReadAllText(Target), texts);
            }
        });
        Assert.Equal(["net.bin"], Names(_folder.Path));
        Assert.Empty(WholeFile.Leftovers(Target));
    }

    [Fact]
    public void WhatAKillLeftOfPublishingIsFound()
    {
        string seen = "";
        File.WriteAllText(_folder.File(".other.bin.tmp"), "of another file");
        // A working writer has the files that a killed one would leave behind.
        using var watch = new FileSystemWatcher(_folder.Path) { EnableRaisingEvents = true };
        watch.Created += (_, file) => seen = file.Name!;
        WholeFile.Publish(Target, "new");
        Assert.True(SpinWait.SpinUntil(() => seen.Length > 0, TimeSpan.FromMinutes(1)));
        File.WriteAllText(_folder.File(seen), "half");
        Assert.Equal([_folder.File(seen)], WholeFile.Leftovers(Target));
    }

    // File systems allow 255 bytes; a name derived from it must be shorter.
    [Theory]
    [InlineData("n", 255)]
    [InlineData("漢", 85)]
    public void TheLongestNameIsWritten(string letter, int count)
    {
        string path = _folder.File(string.Concat(Enumerable.Repeat(letter, count)));
        if (OperatingSystem.IsWindows()) return; // its limit applies to the whole path
        WholeFile.Write(path, Stream("new"));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void WhatAKillLeftIsReplaced()
    {
        File.WriteAllText(_folder.File(".net.bin.tmp"), "half, and longer than the new one");
        WholeFile.Write(Target, Stream("new"));
        Assert.Equal("new", File.ReadAllText(Target));
        Assert.Equal(["net.bin"], Names(_folder.Path));
    }

    /// <summary>Two write at once: the second is refused, the first's file is complete.</summary>
    [Fact]
    public void ASecondWriterIsRefused()
    {
        File.WriteAllText(Target, "old");
        WholeFile.Write(Target, stream =>
        {
            stream.Write("first"u8);
            IOException refusal = Assert.ThrowsAny<IOException>(() => WholeFile.Write(Target, Stream("second")));
            Assert.Contains(Target, refusal.Message, StringComparison.Ordinal);
            Assert.Equal("old", File.ReadAllText(Target));
            stream.Write(", whole"u8);
        });
        Assert.Equal("first, whole", File.ReadAllText(Target));
        Assert.Equal(["net.bin"], Names(_folder.Path));
    }

    /// <summary>A random test: many write at once. A writer that is not refused leaves a complete file, and nothing else is left.</summary>
    [Fact]
    public void ManyWritersLeaveAWholeFile()
    {
        const int Writers = 4, Writes = 100;
        int written = 0;
        byte[][] contents = [.. Enumerable.Range(0, Writers).Select(writer => Enumerable.Repeat((byte)writer, 10_000 + writer).ToArray())];
        Parallel.For(0, Writers, writer =>
        {
            for (int i = 0; i < Writes; i++)
            {
                try
                {
                    WholeFile.Write(Target, stream => stream.Write(contents[writer]));
                    Interlocked.Increment(ref written);
                }
                catch (IOException refusal) when (refusal.Message.Contains(Target, StringComparison.Ordinal))
                {
                }

                if (!File.Exists(Target)) continue;
                byte[] found = File.ReadAllBytes(Target);
                Assert.Equal(contents[found[0]], found);
            }
        });
        Assert.InRange(written, 1, Writers * Writes);
        Assert.Equal(["net.bin"], Names(_folder.Path));
    }

    private static Action<FileStream> Stream(string text) => stream => stream.Write(Encoding.UTF8.GetBytes(text));

    private static string[] Names(string folder) =>
        [.. Directory.GetFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
